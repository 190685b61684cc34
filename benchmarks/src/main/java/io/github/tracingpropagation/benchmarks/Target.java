// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.List;
import java.util.function.Function;

/**
 * What this library has to reach.
 *
 * @param name names what is measured
 * @param limit what it may be at most
 * @param limitOfNone the same where no tracing header arrived, or NaN where that is no question
 * @param measure measures one case
 * @param format writes a figure
 */
record Target(
    String name,
    double limit,
    double limitOfNone,
    Function<Samples, Spread> measure,
    Function<Double, String> format) {

  static final List<Target> ALL =
      List.of(
          time(Contender.LOOP_16, 0.60, 0.25),
          time(Contender.LOOP_6, 1.00, Double.NaN),
          time(Contender.PASS_THROUGH_16, 0.65, Double.NaN),
          time(Contender.BRAVE, 0.40, Double.NaN),
          new Target(
              "bytes more than " + Text.code(Contender.SETS_ONLY),
              200,
              200,
              samples -> ours(samples).bytesOver(samples.where("contender", Contender.SETS_ONLY)),
              Text::whole));

  private static Target time(Contender other, double limit, double limitOfNone) {
    return new Target(
        "time ÷ " + Text.code(other),
        limit,
        limitOfNone,
        samples -> ours(samples).ratio(samples.where("contender", other)),
        Text::ratio);
  }

  private static Samples ours(Samples samples) {
    return samples.where("contender", Contender.OURS);
  }

  /** Where every provider's headers arrive, the others forward fewer: that is no comparison. */
  double limit(Arrival arrival) {
    return switch (arrival) {
      case NONE -> limitOfNone;
      case EVERY_PROVIDER -> Double.NaN;
      default -> limit;
    };
  }

  /** Returns what was measured, and whether it will do. */
  String verdict(HopCase one, Samples samples) {
    double limit = limit(one.arrival());
    if (Double.isNaN(limit)) {
      return "";
    }
    double measured = measure.apply(one.of(samples)).median();
    String figure = format.apply(measured);
    return measured <= limit ? figure + " met" : "**" + figure + " missed**";
  }

  /** Returns the name and the limits. */
  String title() {
    boolean same = limit == limitOfNone || Double.isNaN(limitOfNone);
    String none = same ? "" : "; " + Text.code(Arrival.NONE) + " ≤ " + format.apply(limitOfNone);
    return name + "<br>≤ " + format.apply(limit) + none;
  }
}
