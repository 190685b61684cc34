// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The matrix: on each way and with each client, concurrent calls have the headers of their own
 * request, or none where the way forwards nothing. One application serves all rows of a class.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StarterContract {
  private static final int REQUESTS = 6; // of a row, at once; every other one has no headers

  private Recorder downstream;
  private RunningApplication application;

  /** Starts the application. */
  abstract RunningApplication start(String downstream) throws Exception;

  /** Returns the ways to test. */
  abstract Stream<Way> ways();

  /** Returns the headers that are the tracer's own wherever it has a span. */
  List<String> tracersFamily() {
    return Tracer.present() == Tracer.NONE ? List.of() : List.of("traceparent");
  }

  @BeforeAll
  final void startApplication() throws Exception {
    downstream = new Recorder();
    application = start(downstream.uri());
  }

  @AfterAll
  final void stop() {
    if (application != null) {
      application.close();
    }
    downstream.close();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void calls_haveTheHeadersOfTheirRequest(Way way) {
    record Row(
        String client, boolean headers, InboundHeaders request, CompletableFuture<String> answer) {}

    List<Row> rows = new ArrayList<>();
    for (String client : way.of(application.clients()).toList()) {
      for (int n = 0; n < REQUESTS; n++) {
        boolean headers = n % 2 == 0;
        InboundHeaders request = InboundHeaders.next();
        Map<String, String> sent = headers ? request.all() : Map.of();
        rows.add(new Row(client, headers, request, get(way, client, request.id(), sent)));
      }
    }
    List<String> wrong = new ArrayList<>();
    for (Row row : rows) {
      row.answer().join();
      Object expected = row.headers() ? way.outcome() : Outcome.NOTHING;
      String path = path(way, row.client(), row.request().id());
      InboundHeaders request = row.headers() ? row.request() : null;
      Object outcome = outcome(path, request, row.request().id(), way.calls());
      if (outcome != expected) {
        wrong.add(row.client() + (row.headers() ? "" : " without headers") + ": " + outcome);
      }
    }
    assertThat(rows).isNotEmpty();
    assertThat(wrong).as("%d calls", rows.size()).isEmpty();
  }

  /** Sends requests on all ways at the same time, each fifth one without headers. */
  final void assertNothingIsMixed(int requests) {
    record Sent(
        Way way, InboundHeaders request, boolean headers, CompletableFuture<String> answer) {}

    List<Way> ways = ways().toList();
    String client = application.clients().get(0);
    List<Sent> all = new ArrayList<>();
    for (int n = 0; n < requests; n++) {
      Way way = ways.get(n % ways.size());
      InboundHeaders request = InboundHeaders.next();
      boolean headers = n % 5 != 0;
      Map<String, String> sent = headers ? request.all() : Map.of();
      all.add(new Sent(way, request, headers, get(way, client, request.id(), sent)));
    }
    for (Sent sent : all) {
      sent.answer().join();
      String path = path(sent.way(), client, sent.request().id());
      InboundHeaders request = sent.headers() ? sent.request() : null;
      assertThat(outcome(path, request, sent.request().id(), sent.way().calls()))
          .as(path)
          .isEqualTo(sent.headers() ? sent.way().outcome() : Outcome.NOTHING);
    }
  }

  /** Returns the outcome of the calls of a request, and their headers if it is wrong. */
  private Object outcome(String path, InboundHeaders request, String id, int expected) {
    List<Map<String, String>> calls = downstream.take(id);
    if (calls.size() != expected) {
      return calls.size() + " calls";
    }
    Outcome outcome = Outcome.ofAll(request, calls, tracersFamily(), Tracer.mixes(path));
    return outcome == Outcome.WRONG ? calls : outcome;
  }

  private CompletableFuture<String> get(
      Way way, String client, String id, Map<String, String> headers) {
    return application.get(path(way, client, id), headers);
  }

  private static String path(Way way, String client, String id) {
    return "/" + way.name() + "/" + client + "?id=" + id;
  }

  final RunningApplication application() {
    return application;
  }

  final Recorder downstream() {
    return downstream;
  }
}
