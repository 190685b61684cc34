// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * The fault modes of bookinfo's ratings. Threads may share it.
 *
 * @param random true for half of the calls
 * @param start of the first period, which has no faults
 */
record Faults(Mode mode, BooleanSupplier random, InstantSource time, Instant start) {
  /** Each mode with the value of {@code SERVICE_VERSION} that selects it. */
  enum Mode {
    NONE(""),
    FAULTY("v-faulty"),
    DELAYED("v-delayed"),
    UNAVAILABLE("v-unavailable"),
    UNHEALTHY("v-unhealthy");

    private final String version;

    Mode(String version) {
      this.version = version;
    }
  }

  private static final Duration DELAY = Duration.ofSeconds(7);

  /** Returns the faults of a service that starts now. */
  static Faults start(Mode mode, BooleanSupplier random, InstantSource time) {
    return new Faults(mode, random, time, time.instant());
  }

  /** Returns the mode that {@code SERVICE_VERSION} selects; NONE for a plain version like v1. */
  static Mode mode(Environment environment) {
    String version = environment.text("SERVICE_VERSION", "v1");
    for (Mode mode : Mode.values()) {
      if (version.equals(mode.version)) {
        return mode;
      }
    }
    if (version.startsWith("v") && !version.startsWith("v-")) {
      return Mode.NONE;
    }
    throw Environment.invalid(
        "SERVICE_VERSION",
        version,
        "v1 and the like, v-faulty, v-delayed, v-unavailable, v-unhealthy");
  }

  /** Returns whether to answer this GET with 503. */
  boolean isUnavailable() {
    return switch (mode) {
      case FAULTY -> random.getAsBoolean();
      case UNAVAILABLE -> isInOddPeriod(Duration.ofMinutes(1));
      case UNHEALTHY -> !isHealthy();
      case NONE, DELAYED -> false;
    };
  }

  /** Returns how long to delay the response to this GET. */
  Duration delay() {
    return mode == Mode.DELAYED && random.getAsBoolean() ? DELAY : Duration.ZERO;
  }

  /** Returns whether {@code /health} answers 200. */
  boolean isHealthy() {
    return mode != Mode.UNHEALTHY || !isInOddPeriod(Duration.ofMinutes(15));
  }

  private boolean isInOddPeriod(Duration period) {
    return Duration.between(start, time.instant()).dividedBy(period) % 2 == 1;
  }
}
