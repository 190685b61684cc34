// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.grpc.TracingPropagationServerInterceptor;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.enterprise.inject.spi.Prioritized;

/**
 * Captures the headers of each call that Quarkus's separate gRPC server serves, and stores them in
 * the call's duplicated Vert.x context. A scope around the callbacks would not do: Quarkus runs
 * them in tasks of their own, on an event loop or a worker thread.
 *
 * <p>On the HTTP server {@link CapturingHandler} has stored them already.
 */
final class GrpcCapturingInterceptor implements ServerInterceptor, Prioritized {
  private final ServerInterceptor capturing;

  GrpcCapturingInterceptor(TracingPropagation propagation) {
    capturing = new TracingPropagationServerInterceptor(propagation);
  }

  /** Right after the interceptor that switches to the duplicated context, and before all others. */
  @Override
  public int getPriority() {
    return Integer.MAX_VALUE - 6; // io.quarkus.grpc.runtime.Interceptors.DUPLICATE_CONTEXT - 1
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!RequestHeaders.isStored()) {
      RequestHeaders.Holder holder = RequestHeaders.store(capture(call, headers));
      if (holder != null) {
        Context.current().addListener(ended -> holder.end(), Runnable::run);
      }
    }
    return next.startCall(call, headers);
  }

  private <Q, R> CapturedHeaders capture(ServerCall<Q, R> call, Metadata headers) {
    CapturedHeaders[] captured = {CapturedHeaders.empty()};
    capturing.interceptCall(
        call,
        headers,
        (same, sameHeaders) -> {
          captured[0] = CapturedHeaders.current();
          return new ServerCall.Listener<>() {};
        });
    return captured[0];
  }
}
