// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every inbound adapter has to do, in a real server. The server's application answers {@code
 * /forward} with {@link HeaderLines#current}, and fails at {@code /fail} with an exception of its
 * own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InboundContract {
  private static final int CONCURRENT_REQUESTS = 500;

  /** Fewer than eight, because some servers need a few for themselves. */
  private static final int MET_WORKERS = 4;

  private URI server = URI.create("http://not.started.invalid/");

  /** Starts the server on a free loopback port, with the adapter and at most eight workers. */
  protected abstract URI start(TracingPropagation propagation) throws Exception;

  /** Returns the pool that the server's requests run on. */
  protected abstract Executor workers();

  /** Stops the server. */
  protected abstract void stop() throws Exception;

  @BeforeAll
  void startServer() throws Exception {
    server = start(TracingPropagation.create());
  }

  @AfterAll
  void stopServer() throws Exception {
    stop();
  }

  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.testing.PropagationCase#all")
  void request_isCaptured(PropagationCase row) throws Exception {
    RawHttp.Response response = RawHttp.get(server.resolve("/forward"), row.in());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.lines()).isEqualTo(row.out());
  }

  @Test
  void rule9_response_hasNoneOfTheHeaders() throws Exception {
    PropagationCase all = PropagationCase.all().filter(row -> row.in().size() > 20).findAny().get();

    assertThat(RawHttp.get(server.resolve("/forward"), all.in()).headers())
        .extracting(line -> HeaderLines.name(line).toLowerCase(Locale.ROOT))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(TracingPropagation.create().fields());
  }

  @Test
  void rule10_nextRequestOnTheConnection_seesOnlyItsOwn() throws Exception {
    try (RawHttp connection = RawHttp.connect(server)) {
      List<String> first = List.of("x-request-id: first", "x-b3-sampled: 1");
      List<String> second = List.of("x-request-id: second");

      assertThat(connection.get("/forward", first).lines()).isEqualTo(first);
      assertThat(connection.get("/forward", second).lines()).isEqualTo(second);
      assertThat(connection.get("/forward", List.of()).lines()).isEmpty();
    }
  }

  @Test
  void rule10_requestAfterAFailedOne_seesNothingOfIt() throws Exception {
    for (int i = 0; i < 20; i++) { // more than there are workers
      assertThat(RawHttp.get(server.resolve("/fail"), List.of("x-request-id: failed")).status())
          .isEqualTo(500);
      assertThat(RawHttp.get(server.resolve("/forward"), List.of()).lines()).isEmpty();
    }
  }

  @Test
  void rule10_workOutsideAnyRequest_seesNothing() throws Exception {
    for (int i = 0; i < 20; i++) { // more than there are workers
      RawHttp.get(server.resolve(i % 2 == 0 ? "/forward" : "/fail"), List.of("x-request-id: old"));
    }
    Queue<Context> seen = new ConcurrentLinkedQueue<>();
    CyclicBarrier meeting = new CyclicBarrier(MET_WORKERS + 1);
    for (int i = 0; i < MET_WORKERS; i++) { // who meet, so that each is another thread
      workers()
          .execute(
              () -> {
                seen.add(Context.current());
                meet(meeting);
              });
    }
    meet(meeting);

    assertThat(seen).hasSize(MET_WORKERS).containsOnly(Context.root());
  }

  private static void meet(CyclicBarrier meeting) {
    try {
      meeting.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void rule10_concurrentRequests_seeOnlyTheirOwn() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      List<Callable<List<String>>> calls =
          IntStream.range(0, CONCURRENT_REQUESTS)
              .<Callable<List<String>>>mapToObj(
                  i -> () -> RawHttp.get(server.resolve("/forward"), linesOf(i)).lines())
              .toList();
      List<List<String>> seen = new ArrayList<>();
      for (Future<List<String>> call : clients.invokeAll(calls)) {
        seen.add(call.get());
      }

      assertThat(seen)
          .isEqualTo(
              IntStream.range(0, CONCURRENT_REQUESTS).mapToObj(InboundContract::linesOf).toList());
    } finally {
      clients.shutdownNow();
    }
  }

  /** Every other request has none. */
  private static List<String> linesOf(int request) {
    return request % 2 == 0 ? List.of() : List.of("x-request-id: " + request, "x-b3-sampled: 1");
  }
}
