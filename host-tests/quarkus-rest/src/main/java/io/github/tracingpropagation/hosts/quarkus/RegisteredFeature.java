// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/** The feature of Jakarta REST, which registers nothing on this server. */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
public class RegisteredFeature implements Feature {
  @Override
  public boolean configure(FeatureContext context) {
    return new TracingPropagationFeature().configure(context);
  }
}
