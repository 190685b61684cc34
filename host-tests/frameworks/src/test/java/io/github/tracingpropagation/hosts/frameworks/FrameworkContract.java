// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/frameworks.md promises of each framework, with its server and its client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FrameworkContract {
  static final String NONE = Ratings.NONE;

  private static final int REQUESTS = 400;
  private static final int CLIENTS = 24;
  private static final int PATIENCE_SECONDS = 60;

  /** Forwards to 127.0.0.1 only. */
  static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  /** Requests that wait for {@code /complete}; the application adds each when it waits. */
  final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();

  Ratings ratings;

  private final HttpClient client = HttpClient.newHttpClient();
  private URI application;

  /**
   * Starts an application on a free port of 127.0.0.1, with {@link #TO_ADDRESS}. Its answer to
   * {@code /away} is that of the redirect, that to {@code /nothing} is from a call that is to
   * forward nothing, that to {@code /host} from one with the {@code Host} header {@code localhost},
   * and that to {@code /foreign} from one to localhost with the header {@code 127.0.0.1}.
   */
  abstract URI start() throws Exception;

  abstract void stop() throws Exception;

  /** Returns the paths that call twice, one after the other, and answer with both ids. */
  abstract List<String> paths();

  /** Returns the answer to {@code /away}. */
  abstract String away();

  @BeforeAll
  void startAll() throws Exception {
    ratings = new Ratings();
    application = start();
  }

  @AfterAll
  void stopAll() throws Exception {
    stop();
    ratings.close();
  }

  @ParameterizedTest
  @MethodSource("paths")
  void rule10_mixedRequests_forwardOnlyTheirOwn(String path) throws Exception {
    for (String answer : mixed(path)) {
      String id = answer.split(":")[0];
      assertThat(answer).isEqualTo(id + ":" + id + "," + id);
    }
  }

  @Test
  void rule8_redirectToAForbiddenHost_getsNothing() throws Exception {
    assertThat(get("/away", "mine")).isEqualTo(away());
  }

  /** Of the host that is connected to and the Host header, one is forbidden. */
  @ParameterizedTest
  @ValueSource(strings = {"/host", "/foreign"})
  void rule8_hostAndHostHeader_areBothChecked(String path) throws Exception {
    assertThat(get(path, "mine")).isEqualTo(NONE);
  }

  @Test
  void emptySnapshot_keepsABlockFromForwarding() throws Exception {
    assertThat(get("/nothing", "mine")).isEqualTo(NONE);
  }

  /** Makes many requests at once, every fifth without headers. Returns "id:answer" of each. */
  final List<String> mixed(String path) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<String>> calls =
          IntStream.range(0, REQUESTS)
              .mapToObj(i -> i % 5 == 0 ? NONE : "id-" + i)
              .<Callable<String>>map(id -> () -> id + ":" + get(path, id))
              .toList();
      List<String> answers = new ArrayList<>();
      for (Future<String> call : clients.invokeAll(calls)) {
        answers.add(call.get());
      }
      return answers;
    } finally {
      clients.shutdownNow();
    }
  }

  /** Returns the answer to a request that waits until another request completes it. */
  final String completedByAnother(String path, String mine, String another) throws Exception {
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request(application.resolve(path), mine), BodyHandlers.ofString());
    assertThat(waiting.poll(PATIENCE_SECONDS, SECONDS)).isNotNull();
    get("/complete", another);
    return response.get(PATIENCE_SECONDS, SECONDS).body();
  }

  /** Returns the answer to a request. */
  final String get(String path, String id) throws Exception {
    return get(application.resolve(path), id);
  }

  /** Returns the answer of another application to a request. */
  final String get(URI uri, String id) throws Exception {
    return client.send(request(uri, id), BodyHandlers.ofString()).body();
  }

  private static HttpRequest request(URI uri, String id) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return id.equals(NONE) ? request.build() : request.header("x-request-id", id).build();
  }
}
