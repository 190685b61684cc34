// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application sees of the wrapper, beside the headers. */
class WrapperTest extends JdkHttpTestCase {
  @Test
  void getters_areTheClients() throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(20))
            .proxy(ProxySelector.getDefault())
            .authenticator(new Authenticator() {})
            .executor(Runnable::run)
            .build();
    HttpClient wrapped = JdkHttpTracingPropagation.wrap(client);

    for (Method method : HttpClient.class.getMethods()) {
      boolean getter =
          method.getDeclaringClass() == HttpClient.class
              && method.getParameterCount() == 0
              && method.getReturnType() != void.class
              && !Modifier.isStatic(method.getModifiers())
              && !List.of("newWebSocketBuilder", "sslParameters").contains(method.getName());
      if (getter) {
        assertThat(method.invoke(wrapped)).as("%s", method).isEqualTo(method.invoke(client));
      }
    }
    assertThat(wrapped.sslParameters().getProtocols())
        .isEqualTo(client.sslParameters().getProtocols());
  }

  @Test
  void wrappedTwice_hasTheLaterSettings() throws Exception {
    TracingPropagation toOthers =
        TracingPropagation.builder().forwardTo(Destinations.hosts("ratings")).build();
    HttpClient client = HttpClient.newHttpClient();

    send(
        JdkHttpTracingPropagation.wrap(JdkHttpTracingPropagation.wrap(client), toOthers),
        get("/1"));
    send(
        JdkHttpTracingPropagation.wrap(JdkHttpTracingPropagation.wrap(client, toOthers)),
        get("/2"));
    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).containsExactly(ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "POST", "PUT", "PATCH"})
  void request_isOtherwiseUnchanged(String method) throws Exception {
    for (BodyPublisher body :
        List.of(BodyPublishers.noBody(), BodyPublishers.ofString("five stars"))) {
      assertUnchanged(HttpRequest.newBuilder().method(method, body));
    }
    assertUnchanged(HttpRequest.newBuilder().DELETE());
    assertUnchanged(HttpRequest.newBuilder());
  }

  private static void assertUnchanged(HttpRequest.Builder builder) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try (RecordingServer server = RecordingServer.start()) {
      HttpRequest request =
          builder.uri(server.uri()).header("a", "1").header("A", "2").header("b", "3").build();
      send(client, request);
      send(JdkHttpTracingPropagation.wrap(client), request);

      List<String> plain = server.requests().remove();
      List<String> traced = server.requests().remove();
      assertThat(traced).contains(ID);
      assertThat(traced.stream().filter(line -> !line.equals(ID))).isEqualTo(plain);
    }
  }

  @Test
  void rule10_requestIsSentAgain_forwardsTheLaterCallers() throws Exception {
    HttpClient client = wrapped();
    HttpRequest request = get("/");
    for (String line : List.of("x-request-id: 1", "b3: 1")) {
      inRequest(line, () -> client.send(request, BodyHandlers.discarding()));
    }
    client.send(request, BodyHandlers.discarding());

    assertThat(request.headers().map()).isEmpty();
    assertThat(ratings.received(0)).containsExactly("x-request-id: 1");
    assertThat(ratings.received(1)).containsExactly("b3: 1");
    assertThat(ratings.received(2)).isEmpty();
  }

  @Test
  void requestOfTheApplicationsOwnClass_isForwarded() throws Exception {
    assertThat(send(wrapped(), new OwnRequest(ratings.uri("/")))).isEqualTo(200);
    assertThat(ratings.received()).containsExactly(ID, "end-user: jason");
  }

  @Test
  void rule11_executorIsBusyForAnotherRequest_callersHeadersAreForwarded() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      HttpClient client =
          JdkHttpTracingPropagation.wrap(HttpClient.newBuilder().executor(one).build());
      inRequest(
          "x-request-id: other", () -> one.submit(Context.current().wrap(() -> hold(release))));
      CompletableFuture<CapturedHeaders> seen =
          inRequest(
              ID,
              () ->
                  client
                      .sendAsync(get("/mine"), BodyHandlers.discarding())
                      .thenApplyAsync(response -> CapturedHeaders.current(), one));
      CompletableFuture<?> none = client.sendAsync(get("/none"), BodyHandlers.discarding());
      release.countDown();

      assertThat(seen.get(20, SECONDS).isEmpty()).isTrue(); // the pool is not wrapped
      none.get(20, SECONDS);
    } finally {
      one.shutdownNow();
    }
    List<String> hops = ratings.hops();
    assertThat(ratings.received(hops.indexOf("127.0.0.1/mine"))).containsExactly(ID);
    assertThat(ratings.received(hops.indexOf("127.0.0.1/none"))).isEmpty();
  }

  /** A dependent of the future runs on a thread of the client, which has no context. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rule11_callInThenCompose_forwardsInTheContextThatTheFunctionIsGiven(boolean wrap)
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      one.execute(() -> hold(release)); // the future is not complete before it has a dependent
      HttpClient client =
          JdkHttpTracingPropagation.wrap(HttpClient.newBuilder().executor(one).build());
      Function<HttpResponse<Void>, CompletableFuture<HttpResponse<Void>>> next =
          response -> client.sendAsync(get("/2"), BodyHandlers.discarding());
      CompletableFuture<?> last =
          inRequest(
              ID,
              () ->
                  client
                      .sendAsync(get("/1"), BodyHandlers.discarding())
                      .thenCompose(wrap ? Context.current().wrapFunction(next) : next));
      release.countDown();
      last.get(20, SECONDS);
    } finally {
      one.shutdownNow();
    }

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "127.0.0.1/2");
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).isEqualTo(wrap ? List.of(ID) : List.of());
  }

  @Test
  void rule11_cancelledCall_nextCallForwardsItsOwn() throws Exception {
    HttpClient client = wrapped();
    hold("/held");
    CompletableFuture<?> held =
        inRequest(
            "x-request-id: held", () -> client.sendAsync(get("/held"), BodyHandlers.discarding()));
    held.cancel(true);
    assertThat(held).isCompletedExceptionally(); // cancelled, or failed by the JDK just before

    send(client, get("/next"));
    client.send(get("/none"), BodyHandlers.discarding());
    List<String> hops = ratings.hops();
    assertThat(ratings.received(hops.indexOf("127.0.0.1/next"))).containsExactly(ID);
    assertThat(ratings.received(hops.indexOf("127.0.0.1/none"))).isEmpty();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void close_closesTheClient() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpClient wrapped = JdkHttpTracingPropagation.wrap(client);
    send(wrapped, get("/"));
    ((AutoCloseable) (Object) wrapped).close();

    assertThatThrownBy(() -> client.sendAsync(get("/"), BodyHandlers.discarding()).get(20, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("closed");
    assertThat(invoke(client, "isTerminated")).isEqualTo(true);
    assertThat(invoke(wrapped, "isTerminated")).isEqualTo(true);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void shutdown_shutsTheClientDown() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpClient wrapped = JdkHttpTracingPropagation.wrap(client);
    assertThat(invoke(wrapped, "isTerminated")).isEqualTo(false);
    invoke(wrapped, "shutdown");

    Method await = HttpClient.class.getMethod("awaitTermination", Duration.class);
    assertThat(await.invoke(wrapped, Duration.ofSeconds(20))).isEqualTo(true);
    assertThat(invoke(client, "isTerminated")).isEqualTo(true);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void shutdownNow_endsACall() throws Exception {
    hold("/held");
    HttpClient client = wrapped();
    CompletableFuture<?> held = client.sendAsync(get("/held"), BodyHandlers.discarding());
    invoke(client, "shutdownNow");

    assertThatThrownBy(() -> held.get(20, SECONDS)).isInstanceOf(ExecutionException.class);
  }

  /** It throws what the client's method throws, not an exception of reflection. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void awaitTermination_ofAnInterruptedThread_throwsInterruptedException() throws Exception {
    Method await = HttpClient.class.getMethod("awaitTermination", Duration.class);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> await.invoke(wrapped(), Duration.ofSeconds(20)))
          .hasCauseInstanceOf(InterruptedException.class);
    } finally {
      Thread.interrupted();
    }
  }

  private void hold(String path) {
    ratings.server().stubFor(WireMock.get(path).willReturn(WireMock.ok().withFixedDelay(60_000)));
  }

  private static Object invoke(HttpClient client, String method) throws Exception {
    return HttpClient.class.getMethod(method).invoke(client);
  }

  private static void hold(CountDownLatch release) {
    try {
      assertThat(release.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class OwnRequest extends HttpRequest {
    private final URI uri;

    OwnRequest(URI uri) {
      this.uri = uri;
    }

    @Override
    public Optional<BodyPublisher> bodyPublisher() {
      return Optional.empty();
    }

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public Optional<Duration> timeout() {
      return Optional.empty();
    }

    @Override
    public boolean expectContinue() {
      return false;
    }

    @Override
    public URI uri() {
      return uri;
    }

    @Override
    public Optional<HttpClient.Version> version() {
      return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(Map.of("End-User", List.of("jason")), (name, value) -> true);
    }
  }
}
