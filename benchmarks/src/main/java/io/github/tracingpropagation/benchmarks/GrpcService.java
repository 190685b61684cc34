// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import brave.grpc.GrpcTracing;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.grpc.TracingPropagationServerInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A unary call through the interceptors of a service, which makes a call of its own before it
 * answers. Both without a transport, on the caller's thread.
 */
@SuppressWarnings("unchecked") // of the service's only method
final class GrpcService {
  /** What the loop of {@link Contender#LOOP_16} has copied. */
  private static final Context.Key<Metadata> COPIED = Context.key("copied");

  private GrpcService() {}

  /** Returns a hop from a call with the headers of a request to a call on {@link GrpcChannel}. */
  static Supplier<Object> hop(HttpServletRequest inbound, Contender contender) {
    Metadata arrived = new Metadata();
    inbound
        .getHeaderNames()
        .asIterator()
        .forEachRemaining(name -> GrpcChannel.put(arrived, name, inbound.getHeader(name)));
    Service service = new Service(GrpcChannel.open(contender).end());
    ServerCallHandler<String, String> handler =
        (ServerCallHandler<String, String>)
            ServerInterceptors.intercept(
                    ServerServiceDefinition.builder("Ratings")
                        .addMethod(GrpcChannel.METHOD, service)
                        .build(),
                    interceptors(contender))
                .getMethods()
                .iterator()
                .next()
                .getServerCallHandler();
    return () -> {
      ServerCall.Listener<String> listener = handler.startCall(new Call(), arrived);
      listener.onReady();
      listener.onMessage("");
      listener.onHalfClose();
      listener.onComplete();
      return service.sent;
    };
  }

  private static List<ServerInterceptor> interceptors(Contender contender) {
    return switch (contender) {
      case NOTHING -> List.of();
      case LOOP_16 -> List.of(new Loop());
      case ADAPTER -> List.of(new TracingPropagationServerInterceptor(TracingPropagation.create()));
      case OPENTELEMETRY_LIBRARY ->
          List.of(GrpcTelemetry.create(Tracers.openTelemetry()).newServerInterceptor());
      case BRAVE_LIBRARY -> List.of(GrpcTracing.create(Tracers.BRAVE).newServerInterceptor());
      case MICROMETER_LIBRARY ->
          List.of(new ObservationGrpcServerInterceptor(Tracers.micrometer()));
      default -> throw new IllegalArgumentException(contender + " reads servlet requests");
    };
  }

  /** The hand-written way: what arrived, copied into gRPC's context. */
  private static final class Loop implements ServerInterceptor {
    private final List<Metadata.Key<String>> keys =
        Headers.BOOKINFO_NAMES.stream().map(GrpcChannel::key).toList();

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Metadata copied = new Metadata();
      for (Metadata.Key<String> key : keys) {
        String value = headers.get(key);
        if (value != null) {
          copied.put(key, value);
        }
      }
      return Contexts.interceptCall(
          Context.current().withValue(COPIED, copied), call, headers, next);
    }
  }

  /** Calls another service, with what a loop has copied. */
  private static final class Service implements ServerCallHandler<String, String> {
    private final Function<Metadata, Object> client;
    private Object sent = "";

    Service(Function<Metadata, Object> client) {
      this.client = client;
    }

    @Override
    public ServerCall.Listener<String> startCall(
        ServerCall<String, String> call, Metadata headers) {
      call.request(2);
      return new ServerCall.Listener<>() {
        @Override
        public void onHalfClose() {
          Metadata outbound = new Metadata();
          Metadata copied = COPIED.get();
          if (copied != null) {
            outbound.merge(copied);
          }
          sent = client.apply(outbound);
          call.sendHeaders(new Metadata());
          call.sendMessage("");
          call.close(Status.OK, new Metadata());
        }
      };
    }
  }

  private static final class Call extends ServerCall<String, String> {
    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(String message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<String, String> getMethodDescriptor() {
      return GrpcChannel.METHOD;
    }
  }
}
