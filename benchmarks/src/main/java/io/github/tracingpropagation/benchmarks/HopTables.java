// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.List;

/** What the hops cost. */
final class HopTables {
  private HopTables() {}

  /** Each case against each target. */
  static String targets(Samples samples) {
    Table table = new Table("case", Target.ALL.stream().map(Target::title).toList());
    for (HopCase one : HopCase.in(samples)) {
      List<String> verdicts =
          Target.ALL.stream().map(target -> target.verdict(one, samples)).toList();
      table.row(title(one), verdicts);
    }
    return table.toString();
  }

  /** Each case with all contenders. */
  static String cases(Samples samples) {
    StringBuilder text = new StringBuilder();
    for (HopCase one : HopCase.in(samples)) {
      text.append("<details>\n<summary>").append(one).append("</summary>\n\n");
      text.append(contenders(one.of(samples)));
      text.append("\n</details>\n");
    }
    return text.toString();
  }

  private static Table contenders(Samples samples) {
    String base = Text.code(Contender.LOOP_16);
    Table table = new Table("contender", List.of("ns", "bytes", "time ÷ " + base, "of each round"));
    for (String contender : samples.values("contender")) {
      Samples its = samples.where("contender", contender);
      Spread ratio = its.ratio(samples.where("contender", Contender.LOOP_16));
      table.row(
          Text.code(contender),
          List.of(
              Text.whole(its.nanos().median()),
              Text.whole(its.bytes().median()),
              Text.ratio(ratio),
              Text.range(ratio)));
    }
    return table;
  }

  private static String title(HopCase one) {
    return Text.code(one.server()) + " " + Text.code(one.arrival()) + " " + Text.code(one.client());
  }
}
