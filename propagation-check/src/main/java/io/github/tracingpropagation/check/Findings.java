// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found about each rule while the check runs. One thread. */
final class Findings {
  private final Map<Rule, List<String>> broken = new EnumMap<>(Rule.class);
  private final Map<Rule, String> notChecked = new EnumMap<>(Rule.class);
  private final List<String> notes = new ArrayList<>();

  void broken(Rule rule, String sentence) {
    List<String> sentences = broken.computeIfAbsent(rule, key -> new ArrayList<>());
    if (!sentences.contains(sentence)) {
      sentences.add(sentence);
    }
  }

  void broken(Rule rule, Answer answer, String out) {
    broken(rule, "In: " + answer.probe().show() + ". Out: " + out + ".");
  }

  /** Gives the reason why a rule could not be checked; does not hide that it is broken. */
  void notChecked(Rule rule, String why) {
    notChecked.put(rule, why);
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  CheckReport report() {
    return new CheckReport(Arrays.stream(Rule.values()).map(this::result).toList(), notes);
  }

  private CheckResult result(Rule rule) {
    String why = notChecked.get(rule);
    return why != null && !broken.containsKey(rule)
        ? CheckResult.notChecked(rule, why)
        : CheckResult.of(rule, broken.getOrDefault(rule, List.of()));
  }
}
