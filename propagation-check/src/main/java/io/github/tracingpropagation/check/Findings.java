// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was found about each rule while the check runs. One thread. */
final class Findings {
  /** Rules that a service which mixes headers breaks as a consequence. */
  private static final Set<Rule> BY_MIXING =
      EnumSet.of(
          Rule.VERBATIM,
          Rule.EVERY_CALL,
          Rule.NOT_LOST,
          Rule.NO_LEFTOVERS,
          Rule.RETRIES,
          Rule.REDIRECTS);

  private final Map<Rule, List<String>> broken = new EnumMap<>(Rule.class);
  private final Map<Rule, Rule> causes = new EnumMap<>(Rule.class);
  private final Map<Rule, CheckResult> others = new EnumMap<>(Rule.class);
  private final List<String> notes = new ArrayList<>();
  private final Set<Rule> selected;
  private final Set<Rule> checked = EnumSet.noneOf(Rule.class);

  Findings(Set<Rule> selected) {
    this.selected = selected;
  }

  void broken(Rule rule, String sentence) {
    List<String> sentences = broken.computeIfAbsent(rule, key -> new ArrayList<>());
    if (!sentences.contains(sentence)) {
      sentences.add(sentence);
    }
  }

  void broken(Rule rule, RequestResult result, String out) {
    broken(rule, "In: " + result.probe().show() + ". Out: " + out + ".");
  }

  boolean isBroken(Rule rule) {
    return broken.containsKey(rule);
  }

  /** Reports a rule as broken by the fault of another rule, unless it has findings of its own. */
  void follows(Rule rule, Rule cause) {
    if (rule != cause) {
      causes.put(rule, cause);
      broken.computeIfAbsent(rule, key -> new ArrayList<>());
    }
  }

  /** Gives the reason why a rule could not be checked; findings of the rule come first. */
  void notChecked(Rule rule, String why) {
    others.put(rule, CheckResult.without(rule, CheckResult.Outcome.NOT_CHECKED, why));
  }

  void notApplicable(Rule rule, String why) {
    others.put(rule, CheckResult.without(rule, CheckResult.Outcome.NOT_APPLICABLE, why));
  }

  void note(String sentence) {
    if (!notes.contains(sentence)) {
      notes.add(sentence);
    }
  }

  /** Marks that a rule was checked as far as it is. */
  void checked(Rule rule) {
    checked.add(rule);
  }

  /** Gives the reason why the rules that were not checked yet will not be. */
  void end(String why) {
    Arrays.stream(Rule.values())
        .filter(rule -> !checked.contains(rule))
        .forEach(rule -> notChecked(rule, why));
    note(why);
  }

  CheckReport report(CheckReport.Facts facts) {
    return new CheckReport(Arrays.stream(Rule.values()).map(this::result).toList(), notes, facts);
  }

  private CheckResult result(Rule rule) {
    if (!selected.contains(rule)) {
      return CheckResult.without(rule, CheckResult.Outcome.NOT_APPLICABLE, "Left out.");
    }
    List<String> sentences = broken.get(rule);
    boolean byMixing = BY_MIXING.contains(rule) && broken.containsKey(Rule.NOT_MIXED);
    Rule cause = byMixing ? Rule.NOT_MIXED : causes.get(rule);
    if (sentences != null && cause != null && (byMixing || sentences.isEmpty())) {
      String why = "Follows from \"" + cause.title() + "\".";
      return CheckResult.without(rule, CheckResult.Outcome.CONSEQUENCE, why);
    }
    CheckResult other = others.get(rule);
    return sentences == null && other != null
        ? other
        : CheckResult.of(rule, sentences == null ? List.of() : sentences);
  }
}
