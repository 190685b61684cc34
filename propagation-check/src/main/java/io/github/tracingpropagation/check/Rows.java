// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends the rows of {@link PropagationCase} one at a time, and judges the calls of each. */
final class Rows {
  private static final List<Rule> RULES =
      List.of(
          Rule.REQUEST_ID,
          Rule.VERBATIM,
          Rule.NOTHING_ELSE,
          Rule.ABSENT,
          Rule.HOSTILE,
          Rule.MALFORMED,
          Rule.REPEATED);

  private final Target target;
  private final Judge judge;
  private final Findings findings;

  Rows(Target target, Judge judge, Findings findings) {
    this.target = target;
    this.judge = judge;
    this.findings = findings;
  }

  void run() throws InterruptedException {
    for (Rule rule : RULES) {
      target.settings().progress().accept(rule.title());
      List<PropagationCase> rows =
          PropagationCase.of(rule, target.settings().maxValueLength())
              .filter(row -> row.in().isEmpty() || judge.isRelevant(row))
              .toList();
      for (PropagationCase row : rows) {
        check(rule, target.ask(Probe.of(row)));
      }
      if (rows.isEmpty()) {
        findings.notChecked(rule, "The service forwards none of the headers of this rule.");
      }
    }
  }

  private void check(Rule rule, Answer answer) throws InterruptedException {
    if (answer.calls().isEmpty()) {
      noCall(rule, answer);
    }
    boolean anyRight =
        answer.calls().stream()
            .anyMatch(call -> judge.judge(answer.probe(), call) == Judge.Verdict.RIGHT);
    for (Call call : answer.calls()) {
      check(rule, answer, call, anyRight);
    }
  }

  private void check(Rule rule, Answer answer, Call call, boolean anyRight) {
    Judge.Verdict verdict = judge.judge(answer.probe(), call);
    if (call.owners().stream().anyMatch(owner -> owner != answer.request())) {
      findings.broken(
          Rule.NO_LEFTOVERS, answer, call.show() + ", which an earlier request had brought");
    } else if (verdict == Judge.Verdict.BARE && anyRight) {
      findings.broken(Rule.EVERY_CALL, answer, call.show() + " beside one with them");
    } else if (verdict != Judge.Verdict.RIGHT) {
      findings.broken(isInvention(answer.probe(), call) ? Rule.ABSENT : rule, answer, call.show());
    }
  }

  /** Returns whether a call is right but for values of the service's own. */
  private boolean isInvention(Probe probe, Call call) {
    Set<String> names = probe.out().stream().map(HttpMessage::name).collect(Collectors.toSet());
    return judge.judge(probe, call.withoutOwn(names)) == Judge.Verdict.RIGHT;
  }

  /** The same values in another header show whether the service or its server refuses them. */
  private void noCall(Rule rule, Answer answer) throws InterruptedException {
    Answer control = target.ask(answer.probe().control());
    if (control.calls().isEmpty() && target.ask(Probe.unique()).calls().isEmpty()) {
      throw new IllegalStateException(
          "The service makes no calls any more, after a request with %s. The response to an ordinary"
                  .formatted(answer.probe().show())
              + " request: "
              + target.requests().lastResponse()
              + ".");
    }
    if (!answer.probe().in().isEmpty() && control.calls().isEmpty()) {
      findings.note(
          "The service's server refuses, in any header, what is in "
              + answer.probe().show()
              + "; it "
              + answer.response()
              + ", so no call could be seen.");
    } else {
      findings.broken(rule, answer, "no outbound call; the service " + answer.response());
    }
  }
}
