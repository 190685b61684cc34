// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.testing.HeaderLines;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.context.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A service with a method of each kind, whose messages are strings. */
final class Calls {
  static final MethodDescriptor<String, String> UNARY = method(MethodType.UNARY);
  static final MethodDescriptor<String, String> SERVER = method(MethodType.SERVER_STREAMING);
  static final MethodDescriptor<String, String> CLIENT = method(MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<String, String> BIDI = method(MethodType.BIDI_STREAMING);

  private Calls() {}

  /** Returns the service: each request message is answered with what a function returns for it. */
  static ServerServiceDefinition service(UnaryOperator<String> answer) {
    return ServerServiceDefinition.builder("ratings")
        .addMethod(
            UNARY,
            ServerCalls.asyncUnaryCall(
                (request, responses) -> {
                  try {
                    responses.onNext(answer.apply(request));
                    responses.onCompleted();
                  } catch (StatusRuntimeException e) {
                    responses.onError(e);
                  }
                }))
        .addMethod(
            SERVER,
            ServerCalls.asyncServerStreamingCall(
                (request, responses) -> {
                  responses.onNext(answer.apply(request));
                  responses.onNext(answer.apply(request));
                  responses.onCompleted();
                }))
        .addMethod(
            CLIENT,
            ServerCalls.asyncClientStreamingCall(responses -> new Answers(answer, responses)))
        .addMethod(
            BIDI, ServerCalls.asyncBidiStreamingCall(responses -> new Answers(answer, responses)))
        .build();
  }

  /** Makes a unary call, and returns its response. */
  static String call(Channel channel) {
    return ClientCalls.blockingUnaryCall(channel, UNARY, CallOptions.DEFAULT, "");
  }

  /** Returns the headers that are current, as lines. */
  static String current(String request) {
    List<String> lines = new ArrayList<>();
    CapturedHeaders.current().forEach((name, value) -> lines.add(name + ": " + value));
    return String.join("\n", lines);
  }

  /** Returns a context of an inbound request with these headers. */
  static Context request(String... lines) {
    return HeaderLines.captured(lines).storeInContext(Context.root());
  }

  /** Returns metadata with these headers. */
  static Metadata metadata(String... lines) {
    Metadata metadata = new Metadata();
    for (String line : lines) {
      metadata.put(key(HeaderLines.name(line)), HeaderLines.value(line));
    }
    return metadata;
  }

  static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /** Waits until another thread counts down. */
  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static MethodDescriptor<String, String> method(MethodType type) {
    return MethodDescriptor.newBuilder(new Text(), new Text())
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("ratings", type.name()))
        .build();
  }

  private record Answers(UnaryOperator<String> answer, StreamObserver<String> responses)
      implements StreamObserver<String> {
    @Override
    public void onNext(String request) {
      responses.onNext(answer.apply(request));
    }

    @Override
    public void onError(Throwable cancelled) {}

    @Override
    public void onCompleted() {
      responses.onCompleted();
    }
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
