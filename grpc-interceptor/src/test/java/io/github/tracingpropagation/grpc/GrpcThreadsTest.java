// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 11: each call and each callback has the headers of the caller. */
@Tag("grpc-context")
@SuppressWarnings("try") // a scope is only there to be closed
class GrpcThreadsTest {
  private static final Context A = Calls.request("x-request-id: a");
  private static final Context B = Calls.request("x-request-id: b");

  private TestServer ratings;
  private Channel channel;

  @BeforeEach
  void start() throws Exception {
    ratings = TestServer.start();
    channel = ratings.channel(new TracingPropagationClientInterceptor(TracingPropagation.create()));
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void rule11_callThatStartsInAnotherRequest_forwardsTheCallersHeaders() throws Exception {
    ClientCall<String, String> call =
        A.wrap(() -> channel.newCall(Calls.UNARY, CallOptions.DEFAULT)).call();

    B.wrap(() -> ClientCalls.blockingUnaryCall(call, "")).call();

    assertThat(ratings.received("x-request-id")).containsExactly("a");
  }

  @Test
  void rule11_metadataThatIsSentTwice_hasOnlyTheHeadersOfEachCall() throws Exception {
    Metadata shared = Calls.metadata("end-user: jason");
    for (Context request : List.of(A, B, Context.root())) {
      CountDownLatch closed = new CountDownLatch(1);
      try (Scope scope = request.makeCurrent()) {
        ClientCall<String, String> call = channel.newCall(Calls.UNARY, CallOptions.DEFAULT);
        call.start(new OnClose(closed::countDown), shared);
        call.sendMessage("");
        call.halfClose();
        call.request(2);
      }
      Calls.await(closed);
    }

    assertThat(ratings.received())
        .extracting(headers -> TestServer.values(headers, "x-request-id"))
        .containsExactly(List.of("a"), List.of("b"), List.of());
    assertThat(shared.keys()).contains("end-user").doesNotContain("x-request-id");
  }

  static Stream<Optional<CapturedHeaders>> callers() {
    return Stream.of(
        Optional.of(CapturedHeaders.from(A)),
        Optional.of(CapturedHeaders.empty()),
        Optional.empty()); // no request at all
  }

  /** In process and with direct executors, request B's thread runs the callbacks of A's call. */
  @ParameterizedTest
  @MethodSource("callers")
  void rule11_callbackOnTheThreadOfAnotherRequest_hasTheCallersHeaders(
      Optional<CapturedHeaders> caller) throws Exception {
    CompletableFuture<StreamObserver<String>> parked = new CompletableFuture<>();
    ServerBuilder<?> builder = Transport.IN_PROCESS.server().addService(parking(parked));
    GrpcTracingPropagation.install(builder.directExecutor(), TracingPropagation.create());
    try (TestServer server = TestServer.start(Transport.IN_PROCESS, builder)) {
      ManagedChannel direct =
          server.build(
              GrpcTracingPropagation.install(
                  server.channel().directExecutor(), TracingPropagation.create()));
      AllCallbacks callbacks = new AllCallbacks();
      try (Scope scope = context(caller.orElse(null)).makeCurrent()) {
        ClientCall<String, String> call = direct.newCall(Calls.BIDI, CallOptions.DEFAULT);
        call.start(callbacks, new Metadata());
        call.request(2);
        call.sendMessage("");
      }
      int before = callbacks.seen.size();
      StreamObserver<String> answer = parked.get(30, TimeUnit.SECONDS);

      try (Scope scope = B.makeCurrent()) {
        answer.onNext("");
        answer.onCompleted();
      }

      Calls.await(callbacks.closed);
      assertThat(callbacks.seen.size() - before).isGreaterThanOrEqualTo(3);
      assertThat(callbacks.names).contains("onHeaders", "onMessage", "onClose", "onReady");
      assertThat(callbacks.seen).containsOnly(caller);
    }
  }

  @Test
  void rule11_callFromACallback_forwardsTheCallersHeaders() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (Scope scope = A.makeCurrent()) {
      ClientCalls.asyncUnaryCall(
          channel.newCall(Calls.UNARY, CallOptions.DEFAULT),
          "",
          new Ignored() {
            @Override
            public void onCompleted() {
              Calls.call(channel);
              second.countDown();
            }
          });
    }
    Calls.await(second);

    assertThat(ratings.received())
        .extracting(headers -> TestServer.values(headers, "x-request-id"))
        .containsExactly(List.of("a"), List.of("a"));
  }

  @Test
  void rule11_callWithinAnotherContextOfGrpc_forwards() throws Exception {
    io.grpc.Context.Key<String> user = io.grpc.Context.key("user");
    try (Scope scope = A.makeCurrent()) {
      io.grpc.Context.current().withValue(user, "jason").call(() -> Calls.call(channel));
    }

    assertThat(ratings.received("x-request-id")).containsExactly("a");
  }

  /** gRPC's executor carries gRPC's context: another one, unless they are made to be the same. */
  @Test
  void rule11_executorOfGrpcsContext_forwardsIfItIsOpenTelemetrysToo() throws Exception {
    List<Runnable> tasks = new ArrayList<>();
    try (Scope scope = A.makeCurrent()) {
      Executor executor = io.grpc.Context.currentContextExecutor(tasks::add);
      executor.execute(() -> Calls.call(channel));
    }
    tasks.get(0).run();

    assertThat(ratings.received("x-request-id"))
        .isEqualTo(isGrpcsContextOpenTelemetrys() ? List.of("a") : List.of());
  }

  private static boolean isGrpcsContextOpenTelemetrys() {
    try {
      Class.forName("io.grpc.override.ContextStorageOverride");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Context context(@Nullable CapturedHeaders captured) {
    return captured == null ? Context.root() : captured.storeInContext(Context.root());
  }

  /** Returns a service that hands out the response of a call, which somebody else completes. */
  private static ServerServiceDefinition parking(CompletableFuture<StreamObserver<String>> parked) {
    return ServerServiceDefinition.builder("ratings")
        .addMethod(
            Calls.BIDI,
            ServerCalls.asyncBidiStreamingCall(
                responses -> {
                  parked.complete(responses);
                  return new Ignored();
                }))
        .build();
  }

  private static class Ignored implements StreamObserver<String> {
    @Override
    public void onNext(String request) {}

    @Override
    public void onError(Throwable cancelled) {}

    @Override
    public void onCompleted() {}
  }

  private static final class OnClose extends ClientCall.Listener<String> {
    private final Runnable action;

    OnClose(Runnable action) {
      this.action = action;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      action.run();
    }
  }

  /** Records what is current in each callback. */
  private static final class AllCallbacks extends ClientCall.Listener<String> {
    private final LinkedBlockingQueue<String> names = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Optional<CapturedHeaders>> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private void record(String name) {
      names.add(name);
      seen.add(Optional.ofNullable(CapturedHeaders.find(Context.current())));
    }

    @Override
    public void onHeaders(Metadata headers) {
      record("onHeaders");
    }

    @Override
    public void onMessage(String message) {
      record("onMessage");
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      record("onClose");
      closed.countDown();
    }

    @Override
    public void onReady() {
      record("onReady");
    }
  }
}
