// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;

/**
 * The result of one rule. Immutable, so threads may share it.
 *
 * @param rule what was checked
 * @param outcome whether the rule is kept
 * @param findings what went in and what came out, one sentence for each way in which the rule is
 *     broken; why the rule was not checked if it was not; else empty. Values that the check did not
 *     send are never part of it.
 */
public record CheckResult(Rule rule, Outcome outcome, List<String> findings) {
  /** Whether a rule is kept. */
  public enum Outcome {
    /** All calls were as the contract asks. */
    KEPT,
    /** At least one call was not. */
    BROKEN,
    /** At least one call was not, because of a fault that is reported for another rule. */
    CONSEQUENCE,
    /** It could not be determined; the finding says why. */
    NOT_CHECKED,
    /** The service does nothing that the rule is about, such as a retry; or it was left out. */
    NOT_APPLICABLE
  }

  /**
   * Copies the findings.
   *
   * @param rule what was checked
   * @param outcome whether the rule is kept
   * @param findings sentences, maybe none
   */
  public CheckResult {
    findings = List.copyOf(findings);
  }

  static CheckResult of(Rule rule, List<String> broken) {
    return new CheckResult(rule, broken.isEmpty() ? Outcome.KEPT : Outcome.BROKEN, broken);
  }

  static CheckResult without(Rule rule, Outcome outcome, String why) {
    return new CheckResult(rule, outcome, List.of(why));
  }

  /** Returns the lines of the report for this rule. */
  @Override
  public String toString() {
    String line = "%-34s rule %2d %s%n".formatted(rule.title(), rule.number(), word());
    return switch (outcome) {
      case KEPT -> line;
      case NOT_CHECKED, NOT_APPLICABLE, CONSEQUENCE -> line + "    " + findings.get(0) + "\n";
      case BROKEN -> line + "    " + sentence() + "\n";
    };
  }

  private String word() {
    return switch (outcome) {
      case KEPT -> "yes";
      case BROKEN -> rule.severity().status() == 0 ? "no (warning)" : "NO";
      case CONSEQUENCE -> "(NO)";
      case NOT_CHECKED -> "?";
      case NOT_APPLICABLE -> "-";
    };
  }

  private String sentence() {
    int others = findings.size() - 1;
    return findings.get(0)
        + (others > 0 ? " (And %d more.)".formatted(others) : "")
        + "\n    In a mesh: "
        + rule.consequence()
        + "\n    To do: "
        + rule.advice();
  }
}
