// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Registers the feature in the server: hosts discover providers only in the application's classes.
 * The clients register it themselves.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
public class RegisteredFeature implements Feature {
  @Override
  public boolean configure(FeatureContext context) {
    return new TracingPropagationFeature().configure(context);
  }
}
