// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.TracingPropagationBuilder;
import io.github.tracingpropagation.TracingProvider;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Growing lists of names to watch. */
final class WatchedNames {
  /** How many this library watches for Zipkin: it knows {@code b3}, too. */
  static final int ZIPKIN = 1 + TracingProvider.ZIPKIN.headers().size();

  /** How many it watches by default. */
  static final int ALL = TracingPropagation.create().fields().size();

  /** Those of an application. */
  private static final List<String> OTHERS =
      IntStream.rangeClosed(1, 100).mapToObj(i -> "x-watched-header-" + i).toList();

  private static final List<String> NAMES =
      Stream.of(
              Headers.B3_NAMES,
              List.of("b3"),
              Headers.BOOKINFO_NAMES,
              TracingPropagation.create().fields(),
              OTHERS)
          .flatMap(Collection::stream)
          .distinct()
          .toList();

  private WatchedNames() {}

  /**
   * Returns the names for those who take any: {@code x-request-id} and B3, then {@code b3}, then
   * the rest of bookinfo's, then of every provider's, then others.
   */
  static List<String> first(int count) {
    return NAMES.subList(0, count);
  }

  /**
   * Returns the configuration of this library that watches exactly so many: for Zipkin, or from
   * {@link #ALL} on for every provider, and others.
   */
  static TracingPropagation propagation(int count) {
    boolean all = count >= ALL;
    TracingPropagationBuilder builder = TracingPropagation.builder();
    if (!all) {
      builder.providers(TracingProvider.ZIPKIN);
    }
    String[] others = OTHERS.subList(0, count - (all ? ALL : ZIPKIN)).toArray(new String[0]);
    return builder.additionalHeaders(others).build();
  }
}
