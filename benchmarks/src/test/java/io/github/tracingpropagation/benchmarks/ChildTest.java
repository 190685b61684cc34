// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server in a process of its own, when it is not well. */
@Timeout(60)
final class ChildTest {
  @Test
  void start_thatFails_tellsTheLastWords() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Child.start(List.of(), "gateway"))
        .withMessageStartingWith("gateway ended; its last words:")
        .withMessageContaining("IllegalArgumentException: gateway");
  }

  @Test
  void ask_onceItIsGone_tells() throws Exception {
    try (Child ratings = Child.start(List.of(), "ratings")) {
      kill(ratings);

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ratings.ask("counts"))
          .withMessageStartingWith("ratings ended");
    }
  }

  @Test
  void load_onAServiceWhoseRatingsAreGone_hasFailures() throws Exception {
    try (Child ratings = Child.start(List.of(), "ratings");
        Child reviews =
            Child.start(List.of(), "reviews", "WITH", Integer.toString(ratings.port()))) {
      kill(ratings);

      Slice slice = Slice.run(reviews.port(), 2, Duration.ofSeconds(5));

      assertThat(slice.requests()).isZero();
      assertThat(slice.failures()).hasSize(2);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(slice::check)
          .withMessageContaining("2 requests failed")
          .withMessageContaining("HTTP/1.1 500");
    }
  }

  private static void kill(Child child) throws Exception {
    ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(30, TimeUnit.SECONDS);
  }
}
