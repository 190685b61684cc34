// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules 10 and 11 under load: a service with four threads calls another one in three ways. */
@Tag("grpc-context")
class GrpcLoadTest {
  private static final int CALLS = 4_000;
  private static final int THREADS = 4;
  private static final String NONE = "none";

  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
  private final Semaphore open = new Semaphore(64);

  @ParameterizedTest
  @EnumSource
  void rule11_fourThousandMixedCalls_forwardTheirOwnHeaders(Transport transport) throws Exception {
    ServerBuilder<?> last = transport.server().addService(Calls.service(request -> currentId()));
    try (TestServer ratings = TestServer.start(transport, installed(last))) {
      ManagedChannel channel =
          ratings.build(
              GrpcTracingPropagation.install(
                  ratings.channel().directExecutor(), TracingPropagation.create()));
      ServerBuilder<?> first = transport.server().addService(reviews(channel)).executor(pool);
      try (TestServer reviews = TestServer.start(transport, installed(first))) {
        assertOwnIds(reviews.build(reviews.channel()));
      }
    }
    Pools.assertClean(pool, THREADS);
  }

  private void assertOwnIds(Channel reviews) throws Exception {
    List<CompletableFuture<String>> seen = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      open.acquire();
      CompletableFuture<String> id = new CompletableFuture<>();
      seen.add(id.whenComplete((answer, error) -> open.release()));
      Metadata headers =
          id(i).equals(NONE) ? new Metadata() : Calls.metadata("x-request-id: " + id(i));
      ClientCalls.asyncUnaryCall(
          ClientInterceptors.intercept(reviews, MetadataUtils.newAttachHeadersInterceptor(headers))
              .newCall(Calls.UNARY, CallOptions.DEFAULT),
          "" + i,
          new Answer(id::complete, id::completeExceptionally));
    }

    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String id = seen.get(i).get(60, TimeUnit.SECONDS);
      if (!id.equals(id(i))) {
        wrong.add(id(i) + ": " + id);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Returns an inbound call's id; every fifth has none. */
  private static String id(int call) {
    return call % 5 == 0 ? NONE : "id-" + call;
  }

  private static String currentId() {
    String id = CapturedHeaders.current().requestId();
    return id == null ? NONE : id;
  }

  private static <B extends ServerBuilder<?>> B installed(B builder) {
    return GrpcTracingPropagation.install(builder, TracingPropagation.create());
  }

  /** Calls on: blocking, asynchronously, or asynchronously from a callback of another call. */
  private static ServerServiceDefinition reviews(Channel ratings) {
    return ServerServiceDefinition.builder("ratings")
        .addMethod(
            Calls.UNARY,
            ServerCalls.asyncUnaryCall(
                (request, responses) -> {
                  switch (Integer.parseInt(request) % 3) {
                    case 0 -> respond(responses, Calls.call(ratings));
                    case 1 -> callAsync(ratings, responses, id -> respond(responses, id));
                    default ->
                        callAsync(
                            ratings,
                            responses,
                            id -> callAsync(ratings, responses, next -> respond(responses, next)));
                  }
                }))
        .build();
  }

  private static void callAsync(
      Channel ratings, StreamObserver<String> responses, Consumer<String> next) {
    ClientCalls.asyncUnaryCall(
        ratings.newCall(Calls.UNARY, CallOptions.DEFAULT),
        "",
        new Answer(next, responses::onError));
  }

  private static void respond(StreamObserver<String> responses, String id) {
    responses.onNext(id);
    responses.onCompleted();
  }

  private record Answer(Consumer<String> next, Consumer<Throwable> failed)
      implements StreamObserver<String> {
    @Override
    public void onNext(String response) {
      next.accept(response);
    }

    @Override
    public void onError(Throwable error) {
      failed.accept(error);
    }

    @Override
    public void onCompleted() {}
  }
}
