// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.EnumSet;
import java.util.List;

/** Sends the rows of {@link PropagationCase} one at a time, and judges the calls of each. */
final class CaseChecks {
  private final ServiceUnderTest service;
  private final Judge judge;
  private final Findings findings;

  CaseChecks(ServiceUnderTest service, Judge judge, Findings findings) {
    this.service = service;
    this.judge = judge;
    this.findings = findings;
  }

  void run() throws InterruptedException {
    Settings settings = service.settings();
    for (Rule rule : EnumSet.range(Rule.REQUEST_ID, Rule.REPEATED)) {
      if (!settings.rules.contains(rule)) {
        continue;
      }
      settings.progress.accept(rule.title());
      List<PropagationCase> rows =
          PropagationCase.of(rule, settings.maxValueLength)
              .filter(row -> row.in().isEmpty() || judge.isRelevant(row))
              .toList();
      for (PropagationCase row : rows) {
        check(rule, ask(row));
      }
      if (rows.isEmpty()) {
        findings.notApplicable(rule, "The service forwards none of the headers of this rule.");
      }
      findings.checked(rule);
    }
  }

  /** Sends a row, up to three times if its calls may be missing, or another's, by chance. */
  private RequestResult ask(PropagationCase row) throws InterruptedException {
    RequestResult result = service.ask(Probe.of(row));
    for (int again = 0; again < 2 && mayBeByChance(result); again++) {
      result = service.ask(Probe.of(row));
    }
    return result;
  }

  /** Some services skip calls; those that retry after a time-out may run out of retries. */
  private boolean mayBeByChance(RequestResult result) {
    return isWithoutCall(result)
        || (service.profile().retries() && right(result) == 0)
        || result.calls().stream()
            .anyMatch(call -> service.mayBeLate(call) && !isRight(result.request(), call));
  }

  private boolean isWithoutCall(RequestResult result) {
    return result.calls().stream().allMatch(this::isUnknown);
  }

  /** Returns whether a call may be a background call: without headers, to a new route. */
  private boolean isUnknown(Call call) {
    return call.isFree() && !service.profile().routes().contains(call.route());
  }

  private void check(Rule rule, RequestResult result) throws InterruptedException {
    if (isWithoutCall(result)) {
      noCall(rule, result);
    }
    long right = right(result);
    for (Call call : result.calls()) {
      check(rule, result, call, right);
    }
  }

  private long right(RequestResult result) {
    return result.calls().stream().filter(call -> isRight(result.request(), call)).count();
  }

  private boolean isRight(SentRequest request, Call call) {
    return judge.judge(request.probe(), call) == Judge.Verdict.RIGHT;
  }

  /**
   * Returns whether a call, whose values name no request, may be an earlier request's: a retry that
   * the service gave up, and that arrives when the next request was sent.
   */
  private boolean isLateRetry(Call call, long right) {
    return service.profile().retries()
        && right >= service.profile().calls()
        && service.sent().stream().anyMatch(earlier -> isRight(earlier, call));
  }

  private void check(Rule rule, RequestResult result, Call call, long right) {
    if (isUnknown(call) && right > 0) {
      findings.note(
          "Calls to %s carry no header and do not come with each request; they were not judged."
              .formatted(call.path()));
      return;
    }
    if (call.owners().stream().anyMatch(owner -> owner != result.request().number())) {
      if (right < service.profile().calls()) { // Else the earlier request has made one call more.
        findings.broken(
            Rule.NO_LEFTOVERS, result, call.show() + ", which an earlier request had brought");
      }
      return;
    }
    if (isLateRetry(call, right)) {
      return;
    }
    switch (judge.judge(result.probe(), call)) {
      case RIGHT -> {}
      case INVENTED -> {
        findings.broken(Rule.ABSENT, result, call.show());
        findings.follows(rule, Rule.ABSENT);
      }
      case BARE -> {
        if (right == 0) {
          findings.broken(rule, result, call.show());
        } else if (right < service.profile().calls() || !service.profile().retries()) {
          findings.broken(Rule.EVERY_CALL, result, call.show() + " beside one with them");
        } // Else it may be a late try of an earlier request without headers.
      }
      case WRONG -> findings.broken(rule, result, call.show());
    }
  }

  /** The same values in another header show whether the service or its server refuses them. */
  private void noCall(Rule rule, RequestResult result) throws InterruptedException {
    RequestResult control = service.ask(result.probe().control());
    if (control.calls().isEmpty() && service.ask(Calibration.everyHeader()).calls().isEmpty()) {
      throw new IllegalStateException(
          "The service makes no calls any more, after a request with %s. The response to an ordinary"
                  .formatted(result.probe().show())
              + " request: "
              + service.sender().lastResponse()
              + ".");
    }
    if (!result.probe().in().isEmpty() && control.calls().isEmpty()) {
      findings.note(
          "The service's server refuses, in any header, what is in "
              + result.probe().show()
              + "; it "
              + result.response()
              + ", so no call could be seen.");
    } else {
      findings.broken(rule, result, "no outbound call; the service " + result.response());
    }
  }
}
