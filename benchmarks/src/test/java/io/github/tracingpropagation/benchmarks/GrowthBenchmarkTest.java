// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to forward watches as many names as it is measured with. */
class GrowthBenchmarkTest {

  @ParameterizedTest
  @EnumSource
  void eachWay_sendsTheWatchedHeadersThatArrived(GrowthBenchmark.Way way) throws Exception {
    GrowthBenchmark benchmark = new GrowthBenchmark();
    benchmark.way = way;
    benchmark.names = 30;
    benchmark.headers = 100;
    benchmark.open();
    Set<String> sent;
    try {
      sent =
          ((Request) benchmark.hop())
              .headers().names().stream()
                  .map(name -> name.toLowerCase(Locale.ROOT))
                  .collect(Collectors.toSet());
    } finally {
      benchmark.close();
    }

    Set<String> expected = new HashSet<>(WatchedNames.first(30));
    expected.retainAll(Arrival.TYPICAL.headers().keySet());
    assertThat(sent).isEqualTo(expected).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 16, 22, 30, 60})
  void configuration_watchesSoManyNames(int names) {
    assertThat(WatchedNames.propagation(names).fields()).hasSize(names);
  }
}
