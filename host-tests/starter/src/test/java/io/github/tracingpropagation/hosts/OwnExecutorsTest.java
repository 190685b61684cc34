// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** Executors of the application's own, and what Spring hands over to executors that are no beans. */
@Tag("no-tracer")
class OwnExecutorsTest extends StarterContract {
  private static final int REQUESTS = 400;

  @Override
  RunningApplication start(String downstream) {
    return LocalApplication.start(
        List.of(OwnExecutors.class), WebApplicationType.SERVLET, downstream, List.of());
  }

  @Override
  Stream<Way> ways() {
    return Stream.concat(
        Stream.of(
                "async",
                "async-pool",
                "async-scheduler",
                "async-of-a-class",
                "submit",
                "pool-of-the-pool",
                "simple",
                "concurrent",
                "adapter",
                "fixed",
                "invoke-all",
                "of-a-class",
                "fork-join",
                "event",
                "event-async",
                "event-committed",
                "callable",
                "web-async-task",
                "streaming",
                "deferred")
            .map(Way::forwards),
        Stream.of(
                "async-exempt",
                "fork-join-of-a-class",
                "ordered",
                "exempt",
                "scheduled-pool",
                "scheduled",
                "elastic")
            .map(way -> new Way(way, Outcome.NOTHING, "")));
  }

  @Test
  void concurrentRequests_haveTheirOwnHeaders() {
    record Sent(Way way, InboundHeaders request, CompletableFuture<String> answer) {}

    List<Way> ways = ways().toList();
    List<Sent> all = new ArrayList<>();
    for (int n = 0; n < REQUESTS; n++) {
      Way way = ways.get(n % ways.size());
      InboundHeaders request = n % 5 == 0 ? null : InboundHeaders.next();
      String id = request == null ? "without-" + n : request.id();
      String path = "/" + way.name() + "/rest-client?id=" + id;
      all.add(
          new Sent(
              way,
              request,
              application().get(path, request == null ? Map.of() : request.all())
                  .thenApply(answer -> id)));
    }
    for (Sent sent : all) {
      String id = sent.answer().join();
      Outcome expected = sent.request() == null ? Outcome.NOTHING : sent.way().outcome();
      assertThat(Outcome.ofAll(sent.request(), downstream().take(id), List.of(), false))
          .as("%s", sent.way())
          .isEqualTo(expected);
    }
  }
}
