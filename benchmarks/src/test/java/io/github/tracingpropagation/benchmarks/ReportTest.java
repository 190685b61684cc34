// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The figures that the report makes of samples. */
class ReportTest {
  private static final HopCase CASE = new HopCase(Server.JETTY, Arrival.TYPICAL, Client.OKHTTP);
  private static final HopCase NONE = new HopCase(Server.JETTY, Arrival.NONE, Client.OKHTTP);

  @Test
  void ratio_ofRounds_isTheMedianOfTheirRatios() {
    Samples ours = samples(CASE, Contender.OURS, 50, 90, 300);
    Samples loop = samples(CASE, Contender.LOOP_16, 100, 100, 1000);
    assertThat(ours.ratio(loop)).isEqualTo(new Spread(0.5, 0.3, 0.9));
  }

  /** As on a machine that is half as fast in the second turn. */
  @Test
  void ratio_ofOneRound_isTheMedianOfItsTurns() {
    Map<String, String> point = CASE.points(List.of(Contender.OURS)).get(0);
    Sample ours = new Sample(1, point, List.of(50.0, 100.0, 48.0), 0);
    Sample loop = new Sample(1, point, List.of(100.0, 200.0, 100.0), 0);
    assertThat(ours.ratio(loop)).isEqualTo(0.5);
    assertThat(ours.nanos()).isEqualTo(50);
  }

  @Test
  void spread_ofTwoRounds_hasTheirMeanInTheMiddle() {
    assertThat(samples(CASE, Contender.OURS, 300, 100).nanos())
        .isEqualTo(new Spread(200, 100, 300));
  }

  @Test
  void target_thatIsMissed_isTold() {
    Target target = Target.ALL.get(0);
    assertThat(target.title()).isEqualTo("time ÷ `LOOP_16`<br>≤ 0.60; `NONE` ≤ 0.25");
    assertThat(target.verdict(CASE, both(CASE, 60))).isEqualTo("0.60 met");
    assertThat(target.verdict(CASE, both(CASE, 61))).isEqualTo("**0.61 missed**");
    assertThat(target.verdict(NONE, both(NONE, 25))).isEqualTo("0.25 met");
    assertThat(target.verdict(NONE, both(NONE, 26))).isEqualTo("**0.26 missed**");
  }

  @Test
  void traffic_isComparedWithinACycle_andWithTheSameServiceNextToIt() {
    List<TrafficRow> slices = new ArrayList<>();
    Map<Variant, Double> throughput =
        Map.of(Variant.WITHOUT, 1000.0, Variant.BY_HAND, 900.0, Variant.WITH, 950.0);
    for (int cycle = 1; cycle <= 3; cycle++) {
      for (Variant variant : Variant.cycle(cycle)) {
        double now = cycle * requireNonNull(throughput.get(variant));
        slices.add(new TrafficRow(1, cycle, 8, variant, now, 10, 20));
      }
    }
    assertThat(new TrafficRatios(slices).table().toString().lines().skip(2))
        .containsExactly(
            "| 8, with ÷ without | 3 | 0.950 (0.950–0.950) | 1.000 (1.000–1.000) | 1.000 (1.000–1.000) |",
            "| 8, by hand ÷ without | 3 | 0.900 (0.900–0.900) | 1.000 (1.000–1.000) | 1.000 (1.000–1.000) |",
            "| 8, with ÷ by hand | 3 | 1.056 (1.056–1.056) | 1.000 (1.000–1.000) | 1.000 (1.000–1.000) |",
            "| 8, same ÷ same | 2 | 1.750 (1.625–1.875) | 1.000 (1.000–1.000) | 1.000 (1.000–1.000) |");
  }

  private static Samples both(HopCase one, int nanos) {
    return new Samples(
        List.of(
            samples(one, Contender.OURS, nanos).list().get(0),
            samples(one, Contender.LOOP_16, 100).list().get(0)));
  }

  private static Samples samples(HopCase one, Contender contender, double... nanos) {
    Map<String, String> point = one.points(List.of(contender)).get(0);
    return new Samples(
        IntStream.range(0, nanos.length)
            .mapToObj(i -> new Sample(i + 1, point, List.of(nanos[i]), 100))
            .toList());
  }
}
