// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The fault modes of bookinfo's ratings. Threads may share it.
 *
 * @param version of ratings, {@code SERVICE_VERSION}; a plain one like v1 has no faults
 * @param random true for half of the calls
 * @param start of the first period, which has no faults
 */
record Faults(String version, BooleanSupplier random, InstantSource time, Instant start) {
  private static final Set<String> MODES =
      Set.of("v-faulty", "v-delayed", "v-unavailable", "v-unhealthy");
  private static final Duration DELAY = Duration.ofSeconds(7);

  /** Returns the faults of a service that starts now. */
  static Faults start(Environment environment, BooleanSupplier random, InstantSource time) {
    String version =
        Environment.parse(
            "SERVICE_VERSION",
            environment.text("SERVICE_VERSION", "v1"),
            "v1 and the like, v-faulty, v-delayed, v-unavailable, v-unhealthy",
            text -> text,
            text -> MODES.contains(text) || (text.startsWith("v") && !text.startsWith("v-")));
    return new Faults(version, random, time, time.instant());
  }

  /** Returns whether to answer this GET with 503. */
  boolean isUnavailable() {
    return switch (version) {
      case "v-faulty" -> random.getAsBoolean();
      case "v-unavailable" -> isInOddPeriod(Duration.ofMinutes(1));
      default -> !isHealthy();
    };
  }

  /** Returns how long to delay the response to this GET. */
  Duration delay() {
    return version.equals("v-delayed") && random.getAsBoolean() ? DELAY : Duration.ZERO;
  }

  /** Returns whether {@code /health} answers 200. */
  boolean isHealthy() {
    return !version.equals("v-unhealthy") || !isInOddPeriod(Duration.ofMinutes(15));
  }

  private boolean isInOddPeriod(Duration period) {
    return Duration.between(start, time.instant()).dividedBy(period) % 2 == 1;
  }
}
