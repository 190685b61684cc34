// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequest;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.FutureRequestExecutionService;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.support.BasicRequestBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rule 11 for the asynchronous client, which runs its interceptors on threads of its own. */
class ApacheHttpThreadsTest extends ApacheHttpTestCase {
  /** One connection, so that calls queue and share it. */
  private final HttpAsyncClientBuilder builder =
      HttpAsyncClientBuilder.create()
          .setConnectionManager(
              PoolingAsyncClientConnectionManagerBuilder.create().setMaxConnPerRoute(1).build());

  @Test
  void rule11_queuedCallsOnOneConnection_forwardTheirOwn() throws Exception {
    try (CloseableHttpAsyncClient client = installed()) {
      Future<SimpleHttpResponse> first = inRequest("x-request-id: 1", () -> get(client, "/1"));
      Future<SimpleHttpResponse> second = get(client, "/2");
      Future<SimpleHttpResponse> third = inRequest("b3: 1", () -> get(client, "/3"));
      first.get(20, SECONDS);
      second.get(20, SECONDS);
      third.get(20, SECONDS);
    }

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "127.0.0.1/2", "127.0.0.1/3");
    assertThat(ratings.received(0)).containsExactly("x-request-id: 1");
    assertThat(ratings.received(1)).isEmpty();
    assertThat(ratings.received(2)).containsExactly("b3: 1");
  }

  /**
   * A call that waits for the connection. One that has it is not cancelled here: Apache's client
   * may lose the connection then, with or without this library.
   */
  @Test
  void rule11_cancelledCall_nextCallForwardsItsOwn() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    builder.addResponseInterceptorFirst(
        (response, entity, context) -> {
          sent.countDown();
          await(cancelled);
        });
    try (CloseableHttpAsyncClient client = installed()) {
      Future<SimpleHttpResponse> held = inRequest("x-request-id: held", () -> get(client, "/held"));
      await(sent);
      Future<SimpleHttpResponse> queued =
          inRequest("x-request-id: queued", () -> get(client, "/queued"));
      Future<SimpleHttpResponse> next = inRequest(ID, () -> get(client, "/next"));
      Future<SimpleHttpResponse> none = get(client, "/none");
      assertThat(queued.cancel(true)).isTrue();
      cancelled.countDown();
      held.get(20, SECONDS);
      next.get(20, SECONDS);
      none.get(20, SECONDS);
    }

    assertThat(ratings.hops())
        .containsExactly("127.0.0.1/held", "127.0.0.1/next", "127.0.0.1/none");
    assertThat(ratings.received(1)).containsExactly(ID);
    assertThat(ratings.received(2)).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A callback runs on a thread of the client, which has no context of its own. */
  @Test
  void rule11_callInACallback_forwardsInTheContextThatTheCallbackIsGiven() throws Exception {
    try (CloseableHttpAsyncClient client = installed()) {
      Callable<Future<?>> plain = () -> getTwice(client, "/1", "/2", next -> next);
      inRequest(ID, plain).get(20, SECONDS);
      Callable<Future<?>> wrapped =
          () -> getTwice(client, "/3", "/4", next -> Context.current().wrap(next));
      inRequest(ID, wrapped).get(20, SECONDS);
    }

    assertThat(ratings.hops())
        .containsExactly("127.0.0.1/1", "127.0.0.1/2", "127.0.0.1/3", "127.0.0.1/4");
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).isEmpty();
    assertThat(ratings.received(2)).containsExactly(ID);
    assertThat(ratings.received(3)).containsExactly(ID);
  }

  /** Makes a second call in the callback of the first. */
  private Future<?> getTwice(
      CloseableHttpAsyncClient client, String first, String second, UnaryOperator<Runnable> wrap) {
    CompletableFuture<SimpleHttpResponse> last = new CompletableFuture<>();
    FutureCallback<SimpleHttpResponse> end = callback(last, last::complete);
    Runnable next = wrap.apply(() -> assertThat(get(client, second, end)).isNotNull());
    assertThat(get(client, first, callback(last, response -> next.run()))).isNotNull();
    return last;
  }

  private static FutureCallback<SimpleHttpResponse> callback(
      CompletableFuture<?> failed, Consumer<SimpleHttpResponse> completed) {
    return new FutureCallback<>() {
      @Override
      public void completed(SimpleHttpResponse response) {
        completed.accept(response);
      }

      @Override
      public void failed(Exception cause) {
        failed.completeExceptionally(cause);
      }

      @Override
      public void cancelled() {
        failed.cancel(true);
      }
    };
  }

  /** The chain runs again from its start, on a thread of the client. */
  @Test
  void rule11_handlerSchedulesTheCallAgain_callersHeadersAreForwarded() throws Exception {
    AtomicBoolean again = new AtomicBoolean();
    builder.addExecInterceptorLast(
        "schedule",
        (request, body, scope, chain, callback) -> {
          if (again.getAndSet(true)) {
            chain.proceed(request, body, scope, callback);
          } else {
            scope.scheduler.scheduleExecution(
                request, body, scope, callback, TimeValue.ofMilliseconds(1));
          }
        });
    try (CloseableHttpAsyncClient client = installed()) {
      inRequest(ID, () -> get(client, "/1")).get(20, SECONDS);
    }

    assertThat(ratings.received()).containsExactly(ID);
  }

  @Test
  void cancellation_isTheCalls() throws Exception {
    CompletableFuture<CancellableDependency> dependency = new CompletableFuture<>();
    builder.addExecInterceptorLast(
        "hold",
        (request, body, scope, chain, callback) ->
            dependency.complete(scope.cancellableDependency));
    try (CloseableHttpAsyncClient client = installed()) {
      Future<SimpleHttpResponse> call = inRequest(ID, () -> get(client, "/1"));

      assertThat(dependency.get(20, SECONDS).isCancelled()).isFalse();
      assertThat(dependency.get().cancel()).isTrue();
      assertThat(dependency.get().isCancelled()).isTrue();
      assertThat(call).isCancelled();
    }
  }

  /** A rate limiter, for example; installed before, as the Javadoc says. */
  @Test
  void rule11_handlerContinuesOnAnotherThread_callersHeadersAreForwarded() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    builder.addExecInterceptorFirst(
        "other thread",
        (request, body, scope, chain, callback) ->
            other.execute(
                () -> {
                  try {
                    inRequest(
                        "x-request-id: other",
                        () -> {
                          chain.proceed(request, body, scope, callback);
                          return true;
                        });
                  } catch (Exception e) {
                    callback.failed(e);
                  }
                }));
    try (CloseableHttpAsyncClient client = installed()) {
      inRequest(ID, () -> get(client, "/1")).get(20, SECONDS);
      get(client, "/2").get(20, SECONDS);
    } finally {
      other.shutdownNow();
    }

    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).isEmpty();
  }

  @Test
  void rule11_laterHandlerReplacesTheRequest_nothingIsForwarded() throws Exception {
    ApacheHttpTracingPropagation.install(builder)
        .addExecInterceptorLast(
            "copy",
            (request, body, scope, chain, callback) ->
                chain.proceed(BasicRequestBuilder.copy(request).build(), body, scope, callback));
    try (Log log = Log.open();
        CloseableHttpAsyncClient client = builder.build()) {
      client.start();
      inRequest(ID, () -> get(client, "/1")).get(20, SECONDS);
      inRequest(ID, () -> get(client, "/2")).get(20, SECONDS);

      assertThat(log.warnings())
          .containsExactly(
              "No tracing headers are forwarded with Apache HttpClient: an exec interceptor replaces"
                  + " the request. Call ApacheHttpTracingPropagation.install after"
                  + " addExecInterceptorLast.");
    }

    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).isEmpty();
  }

  @Test
  void rule10_requestIsSentAgain_forwardsTheLaterCallers() throws Exception {
    HttpGet request = new HttpGet(ratings.uri("/1"));
    SimpleHttpRequest asyncRequest = SimpleRequestBuilder.get(ratings.uri("/2")).build();
    List<String> inbound = List.of("x-request-id: 1", "b3: 1", "");
    try (CloseableHttpClient client =
            ApacheHttpTracingPropagation.install(HttpClientBuilder.create()).build();
        CloseableHttpAsyncClient async = installed()) {
      for (String line : inbound) {
        inRequest(line, () -> client.execute(request, HttpResponse::getCode));
        inRequest(line, () -> async.execute(asyncRequest, null)).get(20, SECONDS);
      }
    }

    assertThat(request.getHeaders()).isEmpty();
    assertThat(asyncRequest.getHeaders()).isEmpty();
    for (int i = 0; i < 6; i++) {
      String line = inbound.get(i / 2);
      assertThat(ratings.received(i)).isEqualTo(line.isEmpty() ? List.of() : List.of(line));
    }
  }

  /** A limitation: nothing of this client runs on the thread that calls execute. */
  @Test
  void rule11_requestIsSentLater_forwardsWhatThatThreadHas() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    AsyncRequestProducer request =
        SimpleRequestProducer.create(SimpleRequestBuilder.get(ratings.uri("/1")).build());
    try (CloseableHttpAsyncClient client = installed()) {
      Future<SimpleHttpResponse> response =
          inRequest(
              ID,
              () ->
                  client.execute(
                      new LaterProducer(request, other), SimpleResponseConsumer.create(), null));
      response.get(20, SECONDS);
    } finally {
      other.shutdownNow();
    }

    assertThat(ratings.received()).isEmpty();
  }

  @Test
  void rule11_futureRequests_forwardWithAWrappedExecutor() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    HttpClientBuilder classic = ApacheHttpTracingPropagation.install(HttpClientBuilder.create());
    try (FutureRequestExecutionService service =
        new FutureRequestExecutionService(classic.build(), Context.taskWrapping(threads))) {
      HttpUriRequest request = new HttpGet(ratings.uri("/1"));
      inRequest(
              ID, () -> service.execute(request, HttpClientContext.create(), HttpResponse::getCode))
          .get(20, SECONDS);
      service.execute(request, HttpClientContext.create(), HttpResponse::getCode).get(20, SECONDS);
    }

    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).isEmpty();
  }

  @Test
  void installedTwice_forwardsOnce() throws Exception {
    ApacheHttpTracingPropagation.install(builder);
    try (CloseableHttpAsyncClient client = installed()) {
      inRequest(ID, () -> get(client, "/1")).get(20, SECONDS);
    }

    assertThat(ratings.received()).containsExactly(ID);
  }

  @Test
  void settings_areLoggedOnce() {
    try (Log log = Log.open()) {
      ApacheHttpTracingPropagation.install(HttpAsyncClientBuilder.create());
      ApacheHttpTracingPropagation.install(HttpAsyncClientBuilder.create());

      assertThat(log.messages(Level.INFO))
          .filteredOn(message -> message.startsWith("Apache HttpClient forwards with "))
          .hasSize(1);
    }
  }

  private CloseableHttpAsyncClient installed() {
    CloseableHttpAsyncClient client = ApacheHttpTracingPropagation.install(builder).build();
    client.start();
    return client;
  }

  private Future<SimpleHttpResponse> get(CloseableHttpAsyncClient client, String path) {
    return get(client, path, null);
  }

  private Future<SimpleHttpResponse> get(
      CloseableHttpAsyncClient client,
      String path,
      @Nullable FutureCallback<SimpleHttpResponse> callback) {
    return client.execute(SimpleRequestBuilder.get(ratings.uri(path)).build(), callback);
  }

  /** Sends its request on another thread. */
  private static final class LaterProducer implements AsyncRequestProducer {
    private final AsyncRequestProducer delegate;
    private final ExecutorService thread;

    LaterProducer(AsyncRequestProducer delegate, ExecutorService thread) {
      this.delegate = delegate;
      this.thread = thread;
    }

    @Override
    public void sendRequest(RequestChannel channel, HttpContext context) {
      thread.execute(
          () -> {
            try {
              delegate.sendRequest(channel, context);
            } catch (Exception e) {
              delegate.failed(e);
            }
          });
    }

    @Override
    public boolean isRepeatable() {
      return delegate.isRepeatable();
    }

    @Override
    public void failed(Exception cause) {
      delegate.failed(cause);
    }

    @Override
    public int available() {
      return delegate.available();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
      delegate.produce(channel);
    }

    @Override
    public void releaseResources() {
      delegate.releaseResources();
    }
  }
}
