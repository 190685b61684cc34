// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.InboundContract;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Feature;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract of the feature in every Jakarta REST server. */
abstract class JakartaRestServerContract extends InboundContract {
  private static final List<String> LINES = List.of("x-request-id: abc", "x-b3-sampled: 1");

  private final ExecutorService otherThreads = Executors.newFixedThreadPool(2);
  private @Nullable ServerResource resource;

  /** Starts the application. */
  abstract Server start(Application application, int workers) throws Exception;

  /** Returns the feature under test. */
  Feature feature(TracingPropagation propagation) {
    return new TracingPropagationFeature(propagation);
  }

  @Override
  protected final Server start(TracingPropagation propagation, Answers answers, int workers)
      throws Exception {
    resource = new ServerResource(answers, otherThreads);
    Set<Object> singletons = new HashSet<>(ServerFilters.all(answers));
    singletons.add(feature(propagation));
    singletons.add(resource);
    return start(
        new Application() {
          @Override
          @SuppressWarnings("deprecation") // the only standard way to register instances
          public Set<Object> getSingletons() {
            return singletons;
          }
        },
        workers);
  }

  @AfterAll
  void stopOtherThreads() {
    otherThreads.shutdownNow();
  }

  @Override
  protected List<String> paths() {
    return List.of(
        "/forward",
        "/suspended",
        "/suspended-streaming",
        "/stage",
        "/streaming",
        "/mapped",
        "/aborted",
        "/locator/sub");
  }

  @Test
  @DisplayName("@Suspended, resumed on another thread")
  void rule10_suspended() throws Exception {
    assertForwards("/suspended");
  }

  @Test
  @DisplayName("@Suspended, written on another thread")
  void rule11_suspended_isWrittenWithCapturedHeaders() throws Exception {
    assertForwards("/suspended-streaming");
  }

  @Test
  @DisplayName("@Suspended, resumed on another thread before the method ends")
  void rule10_resumedMeanwhile() throws Exception {
    assertForwards("/resumed-meanwhile");
  }

  @Test
  @DisplayName("@Suspended, resumed before the method ends")
  void rule10_resumedAtOnce_methodStillSeesHeadersOfItsRequest() throws Exception {
    assertForwards("/resumed-at-once");

    assertThat(requireNonNull(resource).afterwards.poll(20, TimeUnit.SECONDS).lines())
        .isEqualTo(LINES);
  }

  @Test
  @DisplayName("@Suspended, resumed with an exception")
  void rule10_suspendedFails() throws Exception {
    assertThat(RawHttp.get(uri("/suspended-fail"), LINES).status()).isEqualTo(500);
  }

  @Test
  @DisplayName("@Suspended and still open: its worker is clean")
  void rule10_suspendedAndStillOpen_workerIsClean() throws Exception {
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      connection.send("/parked", LINES);
      AsyncResponse parked = parked();

      everyWorkerIsClean();
      parked.resume("late");

      assertThat(connection.receive().body()).isEqualTo("late");
    }
  }

  @Test
  @DisplayName("@Suspended, the client hangs up")
  void rule10_clientHangsUp_workerIsClean() throws Exception {
    AsyncResponse parked;
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      connection.send("/parked", LINES);
      parked = parked();
    }
    everyWorkerIsClean();
    parked.resume("too late");
  }

  @Test
  @DisplayName("streaming output, the client hangs up")
  void rule10_clientHangsUpWhileItIsWritten_workerIsClean() throws Exception {
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      connection.send("/endless", LINES);
    }
  }

  @Test
  @DisplayName("@Suspended, its time is over")
  void rule10_timedOut() throws Exception {
    assertForwards("/timed-out");
  }

  @Test
  @DisplayName("@Suspended, resumed by another request")
  void rule10_resumedByAnotherRequest_seesHeadersOfItsRequest() throws Exception {
    RawHttp.Response response = resumedByAnotherRequest("x-request-id: another's");

    assertThat(response.lines()).isEqualTo(LINES);
    assertThat(response.headers()).contains("seen: " + String.join("&", LINES));
  }

  /** Returns the response to a request that was resumed on the thread of another request. */
  final RawHttp.Response resumedByAnotherRequest(String another) throws Exception {
    try (RawHttp connection = RawHttp.connect(uri("/"))) {
      connection.send("/parked", LINES);
      requireNonNull(resource).parked.add(parked());
      RawHttp.Response response = RawHttp.get(uri("/resume-parked"), List.of(another));

      assertThat(response.lines()).containsExactly(another);
      return connection.receive();
    }
  }

  @Test
  @DisplayName("@Suspended, resumed before the method ends, a response filter throws")
  void rule10_resumedAtOnce_responseFilterThrows() throws Exception {
    assertThat(RawHttp.get(uri("/resumed-at-once/throwing-filter"), LINES).status()).isEqualTo(500);
  }

  @Test
  @DisplayName("CompletionStage, complete, a response filter throws")
  void rule10_completeStage_responseFilterThrows() throws Exception {
    assertThat(RawHttp.get(uri("/stage-at-once/throwing-filter"), LINES).status()).isEqualTo(500);
  }

  @Test
  @DisplayName("CompletionStage")
  void rule10_stage() throws Exception {
    assertForwards("/stage");
  }

  @Test
  @DisplayName("server-sent events")
  void rule10_serverSentEvents() throws Exception {
    List<String> request = List.of(LINES.get(0), LINES.get(1), "accept: text/event-stream");

    assertThat(RawHttp.get(uri("/sse"), request).lines())
        .contains("data: " + String.join("&", LINES));
  }

  @Test
  @DisplayName("sub-resource locator")
  void rule10_locator() throws Exception {
    assertForwards("/locator/sub");
  }

  @Test
  @DisplayName("streaming output")
  void rule10_streaming() throws Exception {
    assertForwards("/streaming");
  }

  @Test
  @DisplayName("exception with a mapper")
  void rule10_mappedException() throws Exception {
    assertForwards("/mapped");
  }

  @Test
  @DisplayName("abort by an earlier filter")
  void rule10_abortedFirst() throws Exception {
    assertThat(RawHttp.get(uri("/aborted-first"), LINES).body()).isEqualTo("aborted");
  }

  @Test
  @DisplayName("abort by a later filter")
  void rule10_aborted() throws Exception {
    assertForwards("/aborted");
  }

  @Test
  @DisplayName("404")
  void rule10_notFound() throws Exception {
    assertThat(RawHttp.get(uri("/unknown"), LINES).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("a request filter throws")
  void rule10_requestFilterThrows() throws Exception {
    assertThat(RawHttp.get(uri("/throwing-request-filter"), LINES).status()).isEqualTo(500);
  }

  @Test
  @DisplayName("a response filter throws")
  void rule10_responseFilterThrows() throws Exception {
    assertThat(RawHttp.get(uri("/throwing-filter"), LINES).status()).isEqualTo(500);
  }

  private void assertForwards(String path) throws Exception {
    RawHttp.Response response = RawHttp.get(uri(path), LINES);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.lines()).isEqualTo(LINES);
  }

  private AsyncResponse parked() throws Exception {
    return requireNonNull(requireNonNull(resource).parked.poll(20, TimeUnit.SECONDS));
  }
}
