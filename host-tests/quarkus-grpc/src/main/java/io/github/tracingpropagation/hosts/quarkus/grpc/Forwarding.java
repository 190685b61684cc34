// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.grpc.TracingPropagationClientInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What lets each gRPC client forward. */
final class Forwarding {
  // docs: quarkus grpc
  @Produces
  @Singleton
  @GlobalInterceptor
  TracingPropagationClientInterceptor forwarding(TracingPropagation propagation) {
    return new TracingPropagationClientInterceptor(propagation);
  }
  // docs: end
}
