// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.grpc.GrpcTracingPropagation;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A gRPC server that returns the metadata of a call as lines, and a channel that forwards to it.
 */
final class GrpcEcho {
  private static final String SERVICE = "Echo";
  private static final Context.Key<String> LINES = Context.key("lines");

  /** What gRPC itself adds. */
  private static final Set<String> OWN =
      Set.of("content-type", "user-agent", "grpc-accept-encoding");

  private static final MethodDescriptor<String, String> ECHO =
      MethodDescriptor.newBuilder(new Text(), new Text())
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(SERVICE + "/Get")
          .build();

  private final ManagedChannel channel;

  private GrpcEcho(ManagedChannel channel) {
    this.channel = channel;
  }

  /** Starts the server, whose threads end with the process. */
  static GrpcEcho start(TracingPropagation propagation) {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(
                ECHO,
                ServerCalls.asyncUnaryCall(
                    (request, response) -> {
                      response.onNext(LINES.get());
                      response.onCompleted();
                    }))
            .build();
    try {
      Server server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(ServerInterceptors.intercept(service, new Metadatas()))
              .build()
              .start();
      return new GrpcEcho(
          GrpcTracingPropagation.install(
                  NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()), propagation)
              .usePlaintext()
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the metadata that has arrived. */
  String call() {
    return ClientCalls.blockingUnaryCall(channel, ECHO, CallOptions.DEFAULT, "");
  }

  private static final class Metadatas implements ServerInterceptor {
    @Override
    public <I, O> ServerCall.Listener<I> interceptCall(
        ServerCall<I, O> call, Metadata metadata, ServerCallHandler<I, O> next) {
      List<String> lines = new ArrayList<>();
      metadata.keys().stream()
          .filter(name -> !OWN.contains(name))
          .forEach(name -> values(metadata, name).forEach(it -> lines.add(name + ": " + it)));
      return Contexts.interceptCall(
          Context.current().withValue(LINES, String.join("\n", lines)), call, metadata, next);
    }

    private static List<String> values(Metadata metadata, String name) {
      List<String> values = new ArrayList<>();
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        Metadata.Key<byte[]> key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
        metadata
            .getAll(key)
            .forEach(
                bytes -> values.add(Base64.getEncoder().withoutPadding().encodeToString(bytes)));
      } else {
        metadata
            .getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER))
            .forEach(values::add);
      }
      return values;
    }
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
