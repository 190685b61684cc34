// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The result of a check. Immutable, so threads may share it. */
public final class CheckReport {
  /**
   * What a report says of the run itself.
   *
   * @param requests how many requests were sent
   * @param calls how many calls arrived
   * @param time how long it took
   * @param badStatus the status of an ordinary response if it was not expected, or 0
   * @param whole whether the check ended before its maximum time
   */
  record Facts(int requests, int calls, Duration time, int badStatus, boolean whole) {}

  private final List<CheckResult> results;
  private final List<String> notes;
  private final Facts facts;

  CheckReport(List<CheckResult> results, List<String> notes, Facts facts) {
    this.results = List.copyOf(results);
    this.notes = List.copyOf(notes);
    this.facts = facts;
  }

  Facts facts() {
    return facts;
  }

  /**
   * Returns the results in the order of {@link Rule}.
   *
   * @return one result for each rule
   */
  public List<CheckResult> results() {
    return results;
  }

  /**
   * Returns the result of a rule.
   *
   * @param rule any rule
   * @return its result
   */
  public CheckResult result(Rule rule) {
    return results.stream().filter(result -> result.rule() == rule).findAny().orElseThrow();
  }

  /**
   * Returns what a reader should know about how the service was checked.
   *
   * @return sentences, maybe none
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * Returns whether no rule is broken, and the service answered as it should.
   *
   * @return false if at least one is, if ordinary requests were answered with an error, or if the
   *     maximum time was over before each rule was checked
   */
  public boolean isKept() {
    return broken().isEmpty() && isUsual();
  }

  /**
   * Returns the rules that are broken.
   *
   * @return the rules in their order
   */
  public List<Rule> broken() {
    return results.stream()
        .filter(result -> result.outcome() == CheckResult.Outcome.BROKEN)
        .map(CheckResult::rule)
        .toList();
  }

  /**
   * Returns the rules of a severity that are broken, to assert some at once and others later.
   *
   * @param severity any
   * @return the rules in their order
   */
  public List<Rule> broken(Severity severity) {
    return broken().stream().filter(rule -> rule.severity() == severity).toList();
  }

  private boolean isUsual() {
    return facts.badStatus() == 0 && facts.whole();
  }

  /** Returns the exit status: that of the worst broken rule. */
  int status(boolean strict) {
    int worst = broken().stream().mapToInt(rule -> rule.severity().status()).max().orElse(0);
    if (worst > 0 || !isUsual()) {
      return worst > 0 ? worst : 2;
    }
    boolean unknown =
        results.stream().anyMatch(it -> it.outcome() == CheckResult.Outcome.NOT_CHECKED);
    return strict && (unknown || !broken().isEmpty()) ? 1 : 0;
  }

  /**
   * Throws unless all rules are kept.
   *
   * @throws AssertionError with the report as its message
   */
  public void assertKept() {
    if (!isKept()) {
      throw new AssertionError(toString());
    }
  }

  /** Returns the table of all rules, with an explanation of each broken one. */
  @Override
  public String toString() {
    return results.stream().map(CheckResult::toString).collect(Collectors.joining())
        + notes.stream().map(note -> "Note: " + note + "\n").collect(Collectors.joining());
  }
}
