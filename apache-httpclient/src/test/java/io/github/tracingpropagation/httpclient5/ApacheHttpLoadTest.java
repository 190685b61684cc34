// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rules 8 and 11 under load. Each second call is redirected to a foreign host and back; the last
 * response has the ids that its hops received.
 */
class ApacheHttpLoadTest {
  private static final int CALLS = 2000;
  private static final int PARENTS = 16;
  private static final int CONNECTIONS = 8;
  private static final String NONE = "none";
  private static final String ID = "{{val request.headers.x-request-id or='none'}}";
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  private final ExecutorService parents = Executors.newFixedThreadPool(PARENTS);
  private final WireMockServer ratings =
      new WireMockServer(
          WireMockConfiguration.options()
              .dynamicPort()
              .bindAddress("127.0.0.1")
              .disableRequestJournal()
              .globalTemplating(true));

  @BeforeEach
  void start() {
    ratings.start();
    redirect("/1", uri("/2?ids=" + ID).replace("127.0.0.1", "localhost"));
    redirect("/2", uri("/3?ids={{request.query.ids}}," + ID));
    ratings.stubFor(
        WireMock.get(WireMock.urlPathEqualTo("/3"))
            .willReturn(WireMock.ok("{{val request.query.ids or=''}}," + ID)));
  }

  private String uri(String path) {
    return "http://127.0.0.1:" + ratings.port() + path;
  }

  private void redirect(String path, String location) {
    ratings.stubFor(
        WireMock.get(WireMock.urlPathEqualTo(path))
            .willReturn(WireMock.temporaryRedirect(location)));
  }

  @AfterEach
  void stop() {
    parents.shutdownNow();
    ratings.stop();
  }

  @Test
  void rule11_classicCalls_forwardTheirOwnHeaders() throws Exception {
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(CONNECTIONS)
                    .build());
    try (CloseableHttpClient client =
        ApacheHttpTracingPropagation.install(builder, TO_ADDRESS).build()) {
      assertRight(
          true,
          path -> {
            HttpGet request = new HttpGet(uri(path));
            String body =
                client.execute(request, response -> EntityUtils.toString(response.getEntity()));
            return () -> body;
          });
    }
  }

  @Test
  void rule11_asyncCalls_forwardTheirOwnHeaders() throws Exception {
    try (CloseableHttpAsyncClient client = async()) {
      assertRight(true, path -> get(client, path, null));
    }
  }

  /** Apache's client keeps the redirects of a call in its context, so these have none. */
  @Test
  void rule11_asyncCallsThatShareAContext_forwardTheirOwnHeaders() throws Exception {
    HttpClientContext shared = HttpClientContext.create();
    try (CloseableHttpAsyncClient client = async()) {
      assertRight(false, path -> get(client, path, shared));
    }
  }

  @Test
  void rule11_http2CallsOnOneConnection_forwardTheirOwnHeaders() throws Exception {
    H2AsyncClientBuilder builder = H2AsyncClientBuilder.create();
    try (CloseableHttpAsyncClient client =
        ApacheHttpTracingPropagation.install(builder, TO_ADDRESS).build()) {
      client.start();
      assertRight(true, path -> get(client, path, null));
    }
  }

  private static CloseableHttpAsyncClient async() {
    HttpAsyncClientBuilder builder =
        HttpAsyncClientBuilder.create()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(CONNECTIONS)
                    .build());
    CloseableHttpAsyncClient client =
        ApacheHttpTracingPropagation.install(builder, TO_ADDRESS).build();
    client.start();
    return client;
  }

  private Callable<String> get(
      CloseableHttpAsyncClient client, String path, @Nullable HttpClientContext context) {
    SimpleHttpRequest request = SimpleRequestBuilder.get(uri(path)).build();
    Future<SimpleHttpResponse> response = client.execute(request, context, null);
    return () -> response.get(60, SECONDS).getBodyText();
  }

  private void assertRight(boolean redirects, Sender sender) throws Exception {
    BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    for (int i = 0; i < CALLS; i++) {
      int id = i;
      boolean redirected = redirects && i % 2 == 0;
      String path = redirected ? "/1" : "/3";
      String expected = redirected ? id(i) + ",none," + id(i) : "," + id(i);
      Runnable call = () -> calls.add(new Call(expected, send(sender, path)));
      parents.execute(context(id).wrap(call));
    }

    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Call call = requireNonNull(calls.poll(60, SECONDS));
      String ids = call.ids().call();
      if (!ids.equals(call.expected())) {
        wrong.add(call.expected() + ": " + ids);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Callable<String> send(Sender sender, String path) {
    try {
      return sender.send(path);
    } catch (Exception e) {
      return () -> {
        throw e;
      };
    }
  }

  /** Returns an inbound request's id; every fifth request has none. */
  private static String id(int request) {
    return request % 5 == 0 ? NONE : "id-" + request;
  }

  private static Context context(int request) {
    String id = id(request);
    CapturedHeaders captured =
        id.equals(NONE) ? CapturedHeaders.empty() : HeaderLines.captured("x-request-id: " + id);
    return captured.storeInContext(Context.root());
  }

  private record Call(String expected, Callable<String> ids) {}

  private interface Sender {
    /** Sends a request; the result waits for the body of its response. */
    Callable<String> send(String path) throws Exception;
  }
}
