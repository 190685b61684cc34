// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** Executors of the application's own, and what Spring hands over to any executor. */
@Tag("no-tracer")
class OwnExecutorsTest extends StarterContract {
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
    assertNothingIsMixed(400);
  }
}
