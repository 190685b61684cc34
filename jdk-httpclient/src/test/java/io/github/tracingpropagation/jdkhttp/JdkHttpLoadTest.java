// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 11 under load, with a service that returns the id that it received. */
class JdkHttpLoadTest {
  private static final int CALLS = 2000;
  private static final int PARENTS = 16;
  private static final String NONE = "none";

  /** Fewer calls at once than the server accepts: 128 streams, and 50 connections that wait. */
  private final Semaphore open = new Semaphore(48);

  private final ExecutorService parents = Executors.newFixedThreadPool(PARENTS);
  private final ExecutorService workers =
      Context.taskWrapping(Executors.newFixedThreadPool(PARENTS));
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
    ratings.stubFor(
        WireMock.any(WireMock.anyUrl())
            .willReturn(WireMock.ok("{{val request.headers.x-request-id or='none'}}")));
  }

  @AfterEach
  void stop() {
    parents.shutdownNow();
    workers.shutdownNow();
    ratings.stop();
  }

  /** Over HTTP/2 the calls share one connection. */
  @ParameterizedTest
  @EnumSource(Version.class)
  void rule11_twoThousandConcurrentCalls_forwardTheirOwnHeaders(Version version) throws Exception {
    HttpClient client =
        JdkHttpTracingPropagation.wrap(
            HttpClient.newBuilder().version(version).executor(workers).build());
    HttpRequest request = HttpRequest.newBuilder(URI.create(ratings.baseUrl())).build();
    client.send(request, BodyHandlers.discarding()); // upgrades to HTTP/2
    BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    for (int i = 0; i < CALLS; i++) {
      int id = i;
      open.acquire();
      Runnable call =
          () -> {
            CompletableFuture<HttpResponse<String>> response = send(client, request, id);
            calls.add(new Call(id, response.whenComplete((answer, error) -> open.release())));
          };
      parents.execute(context(i).wrap(call));
    }

    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Call call = requireNonNull(calls.poll(60, SECONDS));
      HttpResponse<String> response = call.response().get(60, SECONDS);
      assertThat(response.version()).isEqualTo(version);
      String id = id(call.request());
      if (!response.body().equals(id)) {
        wrong.add(id + ": " + response.body());
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static CompletableFuture<HttpResponse<String>> send(
      HttpClient client, HttpRequest request, int id) {
    try {
      return switch (id % 3) {
        case 0 -> CompletableFuture.completedFuture(client.send(request, BodyHandlers.ofString()));
        case 1 -> client.sendAsync(request, BodyHandlers.ofString());
        default -> client.sendAsync(request, BodyHandlers.ofString(), null);
      };
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Returns an inbound request's id; every fifth request has none. */
  private static String id(int request) {
    return request % 5 == 0 ? NONE : "id-" + request;
  }

  private static Context context(int request) {
    String id = id(request);
    return id.equals(NONE)
        ? Context.root()
        : HeaderLines.captured("x-request-id: " + id).storeInContext(Context.root());
  }

  private record Call(int request, CompletableFuture<HttpResponse<String>> response) {}
}
