// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.grpc.TracingPropagationClientInterceptor;
import io.quarkus.arc.DefaultBean;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The interceptors of all gRPC services and clients, if {@link Grpc} finds gRPC. */
final class GrpcInterceptors {
  @Produces
  @Singleton
  @GlobalInterceptor
  GrpcCapturingInterceptor capturing(TracingPropagation propagation) {
    return new GrpcCapturingInterceptor(propagation);
  }

  @Produces
  @Singleton
  @GlobalInterceptor
  GrpcForwardingInterceptor forwarding(
      TracingPropagation propagation, TracingPropagationClientInterceptor forwarding) {
    return new GrpcForwardingInterceptor(propagation, forwarding);
  }

  /** Unless the application has one of its own. */
  @Produces
  @Singleton
  @DefaultBean
  TracingPropagationClientInterceptor forwarding(TracingPropagation propagation) {
    return new TracingPropagationClientInterceptor(propagation);
  }
}
