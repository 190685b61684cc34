// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * How ratings misbehaves. Immutable but for the time and the chance that it asks.
 *
 * @param half true for half of the calls
 * @param start of the first period, in which all is well
 */
record Faults(Mode mode, BooleanSupplier half, InstantSource time, Instant start) {
  /** The names are the values of {@code SERVICE_VERSION} that make ratings misbehave. */
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

  /** Starts the first period now. */
  static Faults start(Mode mode, BooleanSupplier half, InstantSource time) {
    return new Faults(mode, half, time, time.instant());
  }

  /** Reads {@code SERVICE_VERSION}: a version without a fault of its own has none. */
  static Mode mode(Variables variables) {
    String version = variables.text("SERVICE_VERSION", "v1");
    for (Mode mode : Mode.values()) {
      if (version.equals(mode.version)) {
        return mode;
      }
    }
    if (version.startsWith("v") && !version.startsWith("v-")) {
      return Mode.NONE;
    }
    throw Variables.bad(
        "SERVICE_VERSION",
        version,
        "v1 and the like, v-faulty, v-delayed, v-unavailable, v-unhealthy");
  }

  /** Whether this GET is to be refused. */
  boolean refuses() {
    return switch (mode) {
      case FAULTY -> half.getAsBoolean();
      case UNAVAILABLE -> isEveryOther(Duration.ofMinutes(1));
      case UNHEALTHY -> !isHealthy();
      case NONE, DELAYED -> false;
    };
  }

  /** How long this GET has to wait for its answer. */
  Duration delay() {
    return mode == Mode.DELAYED && half.getAsBoolean() ? DELAY : Duration.ZERO;
  }

  boolean isHealthy() {
    return mode != Mode.UNHEALTHY || !isEveryOther(Duration.ofMinutes(15));
  }

  private boolean isEveryOther(Duration period) {
    return Duration.between(start, time.instant()).dividedBy(period) % 2 == 1;
  }
}
