// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SliceTest {

  /** As when the machine stops between two lines. */
  @Test
  void timeIsOverBeforeItBegins_eachConnectionHasOneRequest() throws Exception {
    Ratings ratings = new Ratings();
    try (Container container = Container.tomcat(ratings, List.of())) {
      Slice slice = Slice.run(container.port(), 3, Duration.ZERO);

      assertThat(slice.failures()).isEmpty();
      assertThat(slice.requests()).isEqualTo(3);
      assertThat(ratings.counts()).isEqualTo("3 3");
    }
  }
}
