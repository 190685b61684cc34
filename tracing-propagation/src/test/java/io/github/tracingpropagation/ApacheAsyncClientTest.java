// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Apache's asynchronous client runs its request interceptors on threads of its own. */
@SuppressWarnings({"try", "NullAway"}) // a scope is only closed; inject passes the carrier on
class ApacheAsyncClientTest {
  private static final int CALLS = 30;

  private final TracingPropagation propagation =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
  private final Downstream ratings = Downstream.start();

  /** One connection, so that calls queue. */
  private final HttpAsyncClientBuilder client =
      HttpAsyncClients.custom()
          .setConnectionManager(
              PoolingAsyncClientConnectionManagerBuilder.create().setMaxConnPerRoute(1).build());

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void rule11_interceptor_seesNoContext() throws Exception {
    client.addRequestInterceptorLast(
        (request, entity, context) ->
            propagation.inject(
                CapturedHeaders.current(),
                new ApacheHop(HttpHost.create(URI.create("http://127.0.0.1")), request)));

    assertThat(callAll()).containsOnly(List.of());
  }

  @Test
  void rule11_interceptorWithTheCallersContext_forwardsTheCallers() throws Exception {
    install();

    assertThat(callAll())
        .isEqualTo(IntStream.range(0, CALLS).mapToObj(ApacheAsyncClientTest::linesOf).toList());
    Docs.assertShows("apache async", ApacheAsyncClientTest.class);
  }

  @Test
  void rule8_interceptorWithTheCallersContext_decidesOnEachHop() throws Exception {
    install();
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
    ratings.redirect("/2", 302, ratings.uri("/3"));
    try (CloseableHttpAsyncClient built = started()) {
      get(built, ratings.uri("/1"), 0).get(20, TimeUnit.SECONDS);
    }

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "localhost/2", "127.0.0.1/3");
    assertThat(ratings.received(0)).isEqualTo(linesOf(0));
    assertThat(ratings.received(1)).isEmpty();
    assertThat(ratings.received(2)).isEqualTo(linesOf(0));
  }

  /** Of the two hosts one may receive the headers. */
  @ParameterizedTest
  @CsvSource({"127.0.0.1, localhost", "localhost, 127.0.0.1"})
  void rule8_otherTargetThanTheRequestNames_receivesNothing(String named, String target)
      throws Exception {
    install();
    int port = ratings.uri("/").getPort();
    SimpleHttpRequest request =
        SimpleRequestBuilder.get("http://" + named + ":" + port + "/1").build();
    try (CloseableHttpAsyncClient built = started();
        Scope scope = context(0).makeCurrent()) {
      built
          .execute(
              new HttpHost(target, port),
              SimpleRequestProducer.create(request),
              SimpleResponseConsumer.create(),
              null,
              null,
              null)
          .get(20, TimeUnit.SECONDS);
    }

    assertThat(ratings.hops()).containsExactly(named + "/1");
    assertThat(ratings.received()).isEmpty();
  }

  private void install() {
    // docs: apache async
    client
        .addExecInterceptorFirst(
            "caller",
            (request, body, scope, chain, callback) -> { // on the thread that calls execute
              scope.clientContext.setAttribute("caller", CapturedHeaders.current());
              chain.proceed(request, body, scope, callback);
            })
        .addRequestInterceptorLast(
            (request, entity, context) -> { // for each hop, on a thread of the client
              HttpHost target = HttpClientContext.cast(context).getHttpRoute().getTargetHost();
              if (target.getHostName().equalsIgnoreCase(request.getAuthority().getHostName())) {
                propagation.inject(
                    (CapturedHeaders) context.getAttribute("caller"),
                    new ApacheHop(target, request));
              }
            });
    // docs: end
  }

  /** Makes many calls, each in a context of its own; returns what each one has forwarded. */
  private List<List<String>> callAll() throws Exception {
    List<Future<SimpleHttpResponse>> calls = new ArrayList<>();
    try (CloseableHttpAsyncClient built = started()) {
      for (int i = 0; i < CALLS; i++) {
        calls.add(get(built, ratings.uri("/" + i), i));
      }
      for (Future<SimpleHttpResponse> call : calls) {
        call.get(20, TimeUnit.SECONDS);
      }
    }
    List<String> arrived = ratings.hops();
    assertThat(arrived).hasSize(CALLS);
    return IntStream.range(0, CALLS)
        .mapToObj(i -> ratings.received(arrived.indexOf("127.0.0.1/" + i)))
        .toList();
  }

  private CloseableHttpAsyncClient started() {
    CloseableHttpAsyncClient built = client.build();
    built.start();
    return built;
  }

  private static Future<SimpleHttpResponse> get(
      CloseableHttpAsyncClient client, URI uri, int caller) {
    SimpleHttpRequest request = SimpleRequestBuilder.get(uri).build();
    try (Scope scope = context(caller).makeCurrent()) {
      return client.execute(request, null);
    }
  }

  private static Context context(int caller) {
    return HeaderLines.extract(TracingPropagation.create(), linesOf(caller));
  }

  /** Every third caller has no headers. */
  private static List<String> linesOf(int caller) {
    return caller % 3 == 2 ? List.of() : List.of("x-request-id: " + caller);
  }
}
