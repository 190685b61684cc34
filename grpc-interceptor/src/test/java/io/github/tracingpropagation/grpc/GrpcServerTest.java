// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules 9, 10 and 12 on servers with threads of their own, and with a direct executor. */
@Tag("grpc-context")
@ParameterizedClass(name = "{0}, threads: {1}")
@CsvSource({"NETTY, 2", "NETTY, 0", "IN_PROCESS, 2", "IN_PROCESS, 0"})
class GrpcServerTest {
  private static final String LEAK = "leak";
  private static final String FAIL = "fail";

  private final Transport transport;

  /** 0 for a direct executor. */
  private final int threads;

  private final Callbacks callbacks = new Callbacks();
  private final Arrivals arrivals = new Arrivals();
  private @Nullable ExecutorService pool;
  private TestServer server;
  private ManagedChannel channel;

  GrpcServerTest(Transport transport, int threads) {
    this.transport = transport;
    this.threads = threads;
  }

  @BeforeEach
  void start() throws Exception {
    ServerBuilder<?> builder =
        transport.server().addService(Calls.service(this::answer)).intercept(callbacks);
    GrpcTracingPropagation.install(builder, TracingPropagation.create()).intercept(arrivals);
    if (threads == 0) {
      builder.directExecutor();
    } else {
      pool = Executors.newFixedThreadPool(threads);
      builder.executor(pool);
    }
    server = TestServer.start(transport, builder);
    channel = server.build(server.channel());
  }

  @AfterEach
  void everyThreadIsClean() throws Exception {
    assertThat(arrivals.headers).isNotEmpty().containsOnly(Optional.empty());
    if (pool != null) {
      Pools.assertClean(pool, threads);
    }
    server.close();
  }

  @SuppressWarnings("MustBeClosedChecker") // the application's mistake
  private String answer(String request) {
    if (request.equals(LEAK)) {
      Calls.request("x-request-id: leaked").makeCurrent();
    } else if (request.equals(FAIL)) {
      throw new IllegalStateException("the application's own");
    }
    return Calls.current(request);
  }

  static Stream<MethodDescriptor<String, String>> methods() {
    return Stream.of(Calls.UNARY, Calls.SERVER, Calls.CLIENT, Calls.BIDI);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void rule10_eachCallback_seesItsOwnCall(MethodDescriptor<String, String> method)
      throws Exception {
    for (int i = 0; i < 9; i++) {
      Response response = new Response();
      open(method, response, i, CallOptions.DEFAULT);

      response.await();
      assertThat(response.status).isEqualTo(Status.OK);
      assertThat(response.messages).isNotEmpty().containsOnly(lines(i));
      assertThat(callbacks.await("" + i))
          .contains("startCall " + id(i), "onMessage " + id(i), "onComplete " + id(i))
          .contains("onHalfClose " + id(i))
          .allMatch(ofCall(i));
    }
  }

  @Test
  void rule10_callsThatAreOpenTogether_seeOnlyTheirOwn() throws Exception {
    List<ClientCall<String, String>> calls = new ArrayList<>();
    List<Response> responses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      responses.add(new Response());
      calls.add(start(Calls.BIDI, responses.get(i), i, CallOptions.DEFAULT));
    }
    for (int message = 0; message < 3; message++) {
      for (int i = 0; i < 9; i++) {
        calls.get(i).sendMessage("");
        assertThat(responses.get(i).messages.poll(30, TimeUnit.SECONDS)).isEqualTo(lines(i));
      }
    }
    for (int i = 0; i < 9; i++) {
      calls.get(i).halfClose();
      responses.get(i).await();
      assertThat(callbacks.await("" + i)).contains("onReady " + id(i)).allMatch(ofCall(i));
    }
  }

  @Test
  void rule10_clientCancels_callbackSeesItsOwnCall() throws Exception {
    Response response = new Response();
    ClientCall<String, String> call = start(Calls.BIDI, response, 1, CallOptions.DEFAULT);
    call.sendMessage("");
    assertThat(response.messages.poll(30, TimeUnit.SECONDS)).isEqualTo(lines(1));
    unary(2);

    call.cancel("test", null);

    assertThat(callbacks.await("1")).contains("onCancel r1").allMatch(ofCall(1));
  }

  @Test
  void rule10_deadlineIsOver_callbackSeesItsOwnCall() throws Exception {
    int i = 1;
    for (long millis = 100; callbacks.of("" + i).isEmpty(); millis *= 2) { // until one arrives
      i += 3;
      Response response = new Response();
      start(
          Calls.BIDI,
          response,
          i,
          CallOptions.DEFAULT.withDeadlineAfter(millis, TimeUnit.MILLISECONDS));
      response.await();
      assertThat(response.status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      unary(2);
    }

    assertThat(callbacks.await("" + i)).contains("onCancel " + id(i)).allMatch(ofCall(i));
  }

  @Test
  void rule10_scopeThatIsNeverClosed_endsWithTheCallback() throws Exception {
    for (int i = 0; i < 5; i++) { // more than there are threads
      Response response = new Response();
      ClientCall<String, String> call = start(Calls.UNARY, response, i, CallOptions.DEFAULT);
      call.sendMessage(LEAK);
      call.halfClose();
      response.await();
      assertThat(response.messages).containsExactly("x-request-id: leaked");
      assertThat(callbacks.await("" + i)).contains("onComplete " + id(i));
      unary(5);
    }
  }

  @Test
  void rule12_serviceThrows_nextCallSeesItsOwn() throws Exception {
    for (int i = 0; i < 5; i++) {
      Response response = new Response();
      ClientCall<String, String> call = start(Calls.UNARY, response, i, CallOptions.DEFAULT);
      call.sendMessage(FAIL);
      call.halfClose();
      response.await();
      assertThat(response.status.getCode()).isEqualTo(Status.Code.UNKNOWN);
      unary(5);
    }
  }

  @Test
  void rule9_response_hasNoneOfTheHeaders() throws Exception {
    Response response = new Response();
    open(Calls.UNARY, response, 1, CallOptions.DEFAULT);
    response.await();

    assertThat(response.keys).doesNotContainAnyElementsOf(TracingPropagation.create().fields());
  }

  /** Makes a unary call, and checks what it sees. */
  private void unary(int i) throws Exception {
    Response response = new Response();
    open(Calls.UNARY, response, i, CallOptions.DEFAULT);
    response.await();
    assertThat(response.messages).containsExactly(lines(i));
  }

  private void open(
      MethodDescriptor<String, String> method, Response response, int i, CallOptions options) {
    ClientCall<String, String> call = start(method, response, i, options);
    call.sendMessage("");
    call.halfClose();
  }

  private ClientCall<String, String> start(
      MethodDescriptor<String, String> method, Response response, int i, CallOptions options) {
    Metadata headers = lines(i).isEmpty() ? new Metadata() : Calls.metadata(lines(i));
    headers.put(Callbacks.CALL, "" + i);
    ClientCall<String, String> call = channel.newCall(method, options);
    call.start(response, headers);
    call.request(100);
    return call;
  }

  private static Predicate<String> ofCall(int i) {
    return event -> event.endsWith(" " + id(i));
  }

  /** Returns the id of a call; every third has none. */
  private static @Nullable String id(int i) {
    return i % 3 == 2 ? null : "r" + i;
  }

  private static String lines(int i) {
    return id(i) == null ? "" : "x-request-id: " + id(i);
  }

  /** Runs before the library's interceptor, and records what the thread has. */
  private static final class Arrivals implements ServerInterceptor {
    private final LinkedBlockingQueue<Optional<CapturedHeaders>> headers =
        new LinkedBlockingQueue<>();

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
        ServerCall<ReqT, RespT> call, Metadata metadata, ServerCallHandler<ReqT, RespT> next) {
      headers.add(Optional.ofNullable(CapturedHeaders.find(Context.current())));
      return next.startCall(call, metadata);
    }
  }

  private static final class Response extends ClientCall.Listener<String> {
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Status status = Status.UNKNOWN;

    void await() {
      Calls.await(closed);
    }

    @Override
    public void onHeaders(Metadata headers) {
      keys.addAll(headers.keys());
    }

    @Override
    public void onMessage(String message) {
      messages.add(message);
    }

    @Override
    public void onClose(Status closing, Metadata trailers) {
      keys.addAll(trailers.keys());
      status = closing;
      closed.countDown();
    }
  }
}
