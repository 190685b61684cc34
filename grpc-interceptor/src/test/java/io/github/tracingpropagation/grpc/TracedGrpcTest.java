// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.TracedClientContract;
import io.github.tracingpropagation.testing.Tracer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.net.URI;

class TracedGrpcTest extends TracedClientContract {
  /** With the tracer around the channel, as in a stub's withInterceptors, or on its builder. */
  @Override
  protected void call(TracingPropagation propagation, Tracer tracer, boolean tracerFirst, URI uri) {
    ClientInterceptor tracing = new Tracing(tracer);
    if (tracerFirst) {
      HttpCalls.call(uri, it -> GrpcTracingPropagation.install(it, propagation), tracing);
    } else {
      HttpCalls.call(uri, it -> GrpcTracingPropagation.install(it, propagation).intercept(tracing));
    }
  }

  /** Appends, as some tracers do: a family that is already there would leave twice. */
  private record Tracing(Tracer tracer) implements ClientInterceptor {
    @Override
    public <ReqT, RespT> ClientCall<ReqT, RespT> interceptCall(
        MethodDescriptor<ReqT, RespT> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<RespT> listener, Metadata headers) {
          tracer.call().forEach((name, value) -> headers.put(Calls.key(name), value));
          super.start(listener, headers);
        }
      };
    }
  }
}
