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
  private static final List<String> QUICKLY = List.of("-XX:TieredStopAtLevel=1");

  @Test
  void start_thatFails_tellsTheLastWords() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Child.start(List.of(), "gateway"))
        .withMessageStartingWith("gateway ended; its last words:")
        .withMessageContaining("IllegalArgumentException: gateway");
  }

  @Test
  void ratings_thatAreGone_failTheLoadAndTheirQuestions() throws Exception {
    try (Child ratings = Child.start(QUICKLY, "ratings");
        Child reviews = Child.start(QUICKLY, "reviews", "WITH", Integer.toString(ratings.port()))) {
      kill(ratings);

      Slice slice = Slice.run(reviews.port(), 2, Duration.ofSeconds(5));

      assertThat(slice.requests()).isZero();
      assertThat(slice.failures()).hasSize(2);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(slice::check)
          .withMessageContaining("2 requests failed")
          .withMessageContaining("HTTP/1.1 500");
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ratings.ask("counts"))
          .withMessageStartingWith("ratings ended");
    }
  }

  private static void kill(Child child) throws Exception {
    ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(30, TimeUnit.SECONDS);
  }
}
