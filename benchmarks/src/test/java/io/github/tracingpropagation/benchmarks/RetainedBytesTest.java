// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The measure of retained heap counts the captured values, and nothing that requests share. */
class RetainedBytesTest {

  @Test
  void requestWithoutTracingHeaders_retainsNothing() throws Exception {
    assertThat(RetainedBytes.of(Arrival.NONE)).isZero();
  }

  @Test
  void requestWithMoreHeaders_retainsMore() throws Exception {
    assertThat(RetainedBytes.of(Arrival.TYPICAL))
        .isGreaterThan(RetainedBytes.of(Arrival.NONE))
        .isLessThan(RetainedBytes.of(Arrival.EVERY_PROVIDER));
  }
}
