// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCase;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of every inbound adapter, in a real server with one worker thread and with eight. After
 * each test the context of every worker must be the root.
 */
@ParameterizedClass(name = "workers: {0}")
@ValueSource(ints = {1, 8})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InboundContract {
  private static final int CLIENTS = 32;
  private static final int CONNECTIONS_A_WORKER = 25;
  private static final int REQUESTS_A_CONNECTION = 50; // Tomcat closes the connection after 100

  @Parameter private int workers;

  private final Events events = new Events();

  private @Nullable Server server;
  private @Nullable Workers pool;

  /**
   * Starts a server on a free loopback port, with the adapter.
   *
   * @param answers the application's response to {@code GET} of any path
   * @param workers how many threads the server has for requests
   */
  protected abstract Server start(TracingPropagation propagation, Answers answers, int workers)
      throws Exception;

  /** Returns paths of which each response body lists the forwarded headers. */
  protected List<String> paths() {
    return List.of("/forward");
  }

  /** Returns the URI of a path. */
  protected final URI uri(String path) {
    return requireNonNull(server).uri.resolve(path);
  }

  @BeforeParameterizedClassInvocation
  void startServer() throws Exception {
    TracingPropagation propagation = TracingPropagation.create();
    server = start(propagation.observedBy(events), path -> answer(propagation, path), workers);
    pool = new Workers(workers, server.workers);
  }

  private String answer(TracingPropagation propagation, String path) throws Exception {
    switch (path) {
      case "/fail" -> throw new IllegalStateException("the application's own");
      case "/meet" -> requireNonNull(pool).awaitAll();
      default -> {}
    }
    return HeaderLines.current(propagation);
  }

  @AfterParameterizedClassInvocation
  void stopServer() throws Exception {
    requireNonNull(server).stop.close();
  }

  /** Fails unless every worker is back in the pool with the root context. */
  @AfterEach
  protected void everyWorkerIsClean() throws Exception {
    requireNonNull(pool).assertCleanOutsideAnyRequest();
    requestsWithoutHeadersSeeNothing();
  }

  /** Fails unless a request without headers forwards nothing, on each worker. */
  protected final void requestsWithoutHeadersSeeNothing() throws Exception {
    requireNonNull(pool).assertRequestsWithoutHeadersSeeNothing(uri("/meet"));
  }

  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  @DisplayName("rules 1 to 6, each row")
  protected void request_isCaptured(PropagationCase row) throws Exception {
    RawHttp.Response response = RawHttp.get(uri("/forward"), row.in());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.lines()).isEqualTo(row.out());
  }

  @Test
  protected void observer_isToldOfEachRequestOnce() throws Exception {
    events.take();

    RawHttp.get(uri("/forward"), List.of("x-request-id: 1", "x-b3-sampled: ?"));
    assertThat(events.take())
        .containsExactly("dropped x-b3-sampled MALFORMED", "captured [x-request-id]");

    RawHttp.get(uri("/forward"), List.of());
    assertThat(events.take()).containsExactly("captured []");
  }

  @Test
  @DisplayName("responses untouched")
  void rule9_response_hasNoneOfTheHeaders() throws Exception {
    PropagationCase all = PropagationCase.all().filter(row -> row.in().size() > 20).findAny().get();

    assertThat(RawHttp.get(uri("/forward"), all.in()).headers())
        .extracting(line -> HeaderLines.name(line).toLowerCase(Locale.ROOT))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(TracingPropagation.create().fields());
  }

  @Test
  @DisplayName("keep-alive")
  void rule10_nextRequestOnTheConnection_seesOnlyItsOwn() throws Exception {
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      for (int i = 0; i < 6; i++) {
        assertThat(connection.get("/forward", linesOf(i)).lines()).isEqualTo(linesOf(i));
      }
    }
  }

  @Test
  @DisplayName("pipelined requests")
  void rule10_pipelinedRequests_seeOnlyTheirOwn() throws Exception {
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      for (int i = 0; i < 6; i++) {
        connection.send("/forward", linesOf(i));
      }
      for (int i = 0; i < 6; i++) {
        assertThat(connection.receive().lines()).isEqualTo(linesOf(i));
      }
    }
  }

  @Test
  @DisplayName("the application throws")
  void rule10_requestAfterAFailedOne_seesNothingOfIt() throws Exception {
    for (int i = 0; i < 20; i++) { // more than there are workers
      assertThat(RawHttp.get(uri("/fail"), List.of("x-request-id: failed")).status())
          .isEqualTo(500);
      assertThat(RawHttp.get(uri("/forward"), List.of()).lines()).isEmpty();
    }
  }

  @Test
  @DisplayName("ten thousand mixed requests")
  void rule10_mixedRequestsUnderLoad_seeOnlyTheirOwn() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<List<String>>> calls =
          IntStream.range(0, CONNECTIONS_A_WORKER * workers)
              .<Callable<List<String>>>mapToObj(connection -> () -> wrong(connection))
              .toList();
      List<String> wrong = new ArrayList<>();
      for (Future<List<String>> call : clients.invokeAll(calls)) {
        wrong.addAll(call.get());
      }

      assertThat(wrong).isEmpty();
    } finally {
      clients.shutdownNow();
    }
  }

  /** Makes the requests of one connection; returns those with other headers than their own. */
  private List<String> wrong(int number) throws Exception {
    int first = number * REQUESTS_A_CONNECTION;
    List<String> paths = paths();
    List<String> wrong = new ArrayList<>();
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      for (int i = first; i < first + REQUESTS_A_CONNECTION; i++) {
        if (i % 10 == 9) {
          RawHttp.get(
              uri("/fail"),
              linesOf(i)); // on another connection: some servers close it after an error
        }
        String path = paths.get(i % paths.size());
        List<String> lines = connection.get(path, linesOf(i)).lines();
        if (!lines.equals(linesOf(i))) {
          wrong.add(path + " " + i + ": " + lines);
        }
      }
    }
    return wrong;
  }

  /** Returns the header lines of a request; every third has none. */
  protected static List<String> linesOf(int request) {
    return request % 3 == 2 ? List.of() : List.of("x-request-id: " + request, "x-b3-sampled: 1");
  }

  /** The response bodies of an application. */
  @FunctionalInterface
  public interface Answers {
    /** Returns {@link HeaderLines#current} as the response body, or throws. */
    String answer(String path) throws Exception;
  }

  /**
   * A running server.
   *
   * @param uri its base URI
   * @param workers the pool of its request threads
   * @param stop stops it
   */
  public record Server(URI uri, Executor workers, AutoCloseable stop) {}
}
