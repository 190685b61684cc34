// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;

/** Under load nothing is mixed, and no thread of a pool retains anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeftoversTest {
  private static final int ROUNDS = 4;
  private static final int REQUESTS = 1000;
  private static final int ONE_WITHOUT_IN = 5;
  private static final int SERVER_THREADS = 40; // server.tomcat.threads.max
  private static final int EXECUTOR_THREADS = 8; // Spring Boot's default

  private static final List<Way> WAYS =
      Way.ALL.stream().filter(way -> !way.name().equals("deferred-timeout")).toList();

  private Recorder downstream;
  private RunningApplication application;
  private List<String> clients;

  @BeforeAll
  void startApplication() throws Exception {
    downstream = new Recorder();
    application =
        LocalApplication.start(
            List.of(Application.class), WebApplicationType.SERVLET, downstream.uri(), List.of());
    clients = application.clients();
  }

  @AfterAll
  void stop() {
    application.close();
    downstream.close();
  }

  @Test
  void concurrentRequests_haveTheirOwnHeaders_andLeaveNoneBehind() {
    Map<String, String> wrong = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      int first = round * REQUESTS;
      List<Sent> sent = IntStream.range(first, first + REQUESTS).mapToObj(this::send).toList();
      sent.forEach(request -> check(request, wrong));
      occupyAll("together", "server-" + round, SERVER_THREADS, wrong);
      occupyAll("together-async", "executor-" + round, EXECUTOR_THREADS, wrong);
    }
    assertThat(wrong).isEmpty();
  }

  private record Sent(
      String name,
      InboundHeaders request,
      boolean headers,
      Outcome expected,
      int calls,
      CompletableFuture<String> answer) {}

  private Sent send(int n) {
    Way way = WAYS.get(n % WAYS.size());
    List<String> possible = way.of(clients).toList();
    String client = possible.get(n / WAYS.size() % possible.size());
    boolean headers = n % ONE_WITHOUT_IN != 0;
    return send("/" + way.name() + "/" + client + "?", headers, way.outcome(), way.calls());
  }

  private Sent send(String path, boolean headers, Outcome expected, int calls) {
    InboundHeaders request = InboundHeaders.next();
    return new Sent(
        path,
        request,
        headers,
        headers ? expected : Outcome.NOTHING,
        calls,
        application.get(path + "id=" + request.id(), headers ? request.all() : Map.of()));
  }

  /** Calls without headers from each thread of a pool, which all are there at the same time. */
  private void occupyAll(String way, String round, int threads, Map<String, String> wrong) {
    List<Sent> sent = new ArrayList<>();
    for (int n = 0; n < threads; n++) {
      String path = "/" + way + "/rest-client?round=" + round + "&of=" + threads + "&";
      sent.add(send(path, false, Outcome.NOTHING, 1));
    }
    sent.forEach(request -> check(request, wrong));
  }

  private void check(Sent sent, Map<String, String> wrong) {
    sent.answer().join();
    List<Map<String, String>> calls = downstream.take(sent.request().id());
    List<String> family = Tracer.present() == Tracer.NONE ? List.of() : List.of("traceparent");
    boolean mixes = Tracer.mixes(sent.name());
    InboundHeaders request = sent.headers() ? sent.request() : null;
    boolean all = calls.size() == sent.calls();
    if (!all || Outcome.ofAll(request, calls, family, mixes) != sent.expected()) {
      wrong.put(sent.name() + " with " + request, calls.toString());
    }
  }
}
