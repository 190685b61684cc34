// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.app;

import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Registers our feature where the host looks for providers; the clients register it themselves.
 * Quarkus REST ignores a feature that another one registers, so this one calls it.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
public class RegisteredFeature implements Feature {
  @Override
  public boolean configure(FeatureContext context) {
    return new TracingPropagationFeature().configure(context);
  }
}
