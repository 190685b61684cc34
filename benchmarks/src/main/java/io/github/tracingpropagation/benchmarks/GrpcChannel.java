// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import brave.grpc.GrpcTracing;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.grpc.TracingPropagationClientInterceptor;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcClientInterceptor;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A channel that answers each call at once, on the caller's thread, without a transport. */
@SuppressWarnings("NullAway") // carriers are not null, and each header has a key
final class GrpcChannel extends Channel {
  /** By names in any case, as the propagators have them. For one thread. */
  private static final Map<String, Metadata.Key<String>> KEYS = new HashMap<>();

  static final MethodDescriptor<String, String> METHOD =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("Ratings/Get")
          .setRequestMarshaller(new Empty())
          .setResponseMarshaller(new Empty())
          .build();

  private Metadata sent = new Metadata();

  static Outbound<Metadata> open(Contender contender) {
    GrpcChannel end = new GrpcChannel();
    Channel channel = ClientInterceptors.intercept(end, interceptors(contender));
    return new Outbound<>(
        Metadata::new,
        GrpcChannel::put,
        GrpcChannel::put,
        metadata -> {
          ClientCall<String, String> call = channel.newCall(METHOD, CallOptions.DEFAULT);
          call.start(new ClientCall.Listener<>() {}, metadata);
          call.request(1);
          call.sendMessage("");
          call.halfClose();
          return end.sent;
        });
  }

  /** Returns the headers of a call. */
  static Map<String, List<String>> lines(Metadata metadata) {
    return metadata.keys().stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                name -> values(metadata, KEYS.computeIfAbsent(name, GrpcChannel::key))));
  }

  private static List<String> values(Metadata metadata, Metadata.Key<String> key) {
    List<String> values = new ArrayList<>();
    metadata.getAll(key).forEach(values::add);
    return values;
  }

  private static List<ClientInterceptor> interceptors(Contender contender) {
    return switch (contender) {
      case ADAPTER -> List.of(new TracingPropagationClientInterceptor(TracingPropagation.create()));
      case OPENTELEMETRY_LIBRARY ->
          List.of(GrpcTelemetry.create(Tracers.openTelemetry()).newClientInterceptor());
      case BRAVE_LIBRARY -> List.of(GrpcTracing.create(Tracers.BRAVE).newClientInterceptor());
      case MICROMETER_LIBRARY ->
          List.of(new ObservationGrpcClientInterceptor(Tracers.micrometer()));
      default -> List.of();
    };
  }

  static void put(Metadata metadata, String name, String value) {
    metadata.put(KEYS.computeIfAbsent(name, GrpcChannel::key), value);
  }

  static Metadata.Key<String> key(String name) {
    return name.endsWith(Metadata.BINARY_HEADER_SUFFIX)
        ? Metadata.Key.of(name, new Base64Text())
        : Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return new ClientCall<>() {
      private ClientCall.Listener<A> listener;

      @Override
      public void start(Listener<A> listener, Metadata headers) {
        this.listener = listener;
        sent = headers;
      }

      @Override
      public void request(int messages) {}

      @Override
      public void sendMessage(Q message) {}

      @Override
      public void halfClose() {
        listener.onHeaders(new Metadata());
        listener.onMessage(method.parseResponse(InputStream.nullInputStream()));
        listener.onClose(Status.OK, new Metadata());
      }

      @Override
      public void cancel(@Nullable String message, @Nullable Throwable cause) {}
    };
  }

  @Override
  public String authority() {
    return Client.RATINGS.getAuthority();
  }

  private static final class Base64Text implements Metadata.BinaryMarshaller<String> {
    @Override
    public byte[] toBytes(String value) {
      return Base64.getDecoder().decode(value);
    }

    @Override
    public String parseBytes(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  private static final class Empty implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String message) {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public String parse(InputStream stream) {
      return "";
    }
  }
}
