// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One run of all checks against one service. */
final class CheckRun {
  private final Target target;
  private final List<Integer> ports;
  private final int foreignPort;
  private final Findings findings = new Findings();

  CheckRun(Target target, List<Integer> ports, int foreignPort) {
    this.target = target;
    this.ports = ports;
    this.foreignPort = foreignPort;
  }

  /**
   * Runs all checks.
   *
   * @throws IllegalStateException if the service cannot be checked, such as if it makes no call
   */
  CheckReport run() throws InterruptedException {
    target.settings().progress().accept("first requests");
    List<Answer> answers = target.calibrate(everyHeader(), everyHeader(), everyHeader());
    requireCalls(answers);
    Capabilities capabilities = new Capabilities(target.settings(), answers);
    missing(capabilities, answers.get(0));
    Judge judge = new Judge(target.settings(), capabilities);
    new Rows(target, judge, findings).run();
    if (target.callsPerRequest() < 2) {
      findings.notChecked(Rule.EVERY_CALL, "The service calls once per request.");
    }
    new Storm(target, judge, capabilities, findings).run(); // may find some that no row showed
    if (capabilities.missing().size() == headers().size()) {
      findings.notChecked(Rule.NOT_MIXED, "The service forwards none of the headers.");
      findings.notChecked(Rule.NOT_LOST, "The service forwards none of the headers.");
    }
    new FollowUps(target, judge, findings, foreignPort).run();
    notes(capabilities, answers.get(2).status());
    return findings.report();
  }

  private static Probe everyHeader() {
    return Probe.of(PropagationCase.EVERY_PROVIDER_ROW);
  }

  private List<String> headers() {
    return target.settings().families().stream()
        .flatMap(family -> family.headers().stream())
        .toList();
  }

  private void requireCalls(List<Answer> answers) {
    Answer first = answers.get(0);
    if (first.status() == 0 && first.calls().isEmpty()) {
      throw new IllegalStateException(
          "The service did not answer, and made no call. Response: "
              + target.requests().lastResponse()
              + ".");
    }
    Set<Integer> missing = new TreeSet<>(ports);
    answers.stream()
        .map(Answer::calls)
        .flatMap(Collection::stream)
        .map(Call::port)
        .forEach(missing::remove);
    if (!missing.isEmpty() && target.traffic().isHttp2()) {
      throw new IllegalStateException(
          "The service calls in HTTP/2, which is not supported. Set its client to HTTP/1.1.");
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "No call arrived at port %s, though the service %s. Point its dependency there, and take a"
                  .formatted(new HashSet<>(missing), first.response())
              + " path that calls it each time.");
    }
    if (answers.stream().allMatch(answer -> answer.status() == 0)) {
      throw new IllegalStateException(
          "The service calls, but does not answer. Response: %s. Raise the time-out if it needs more"
                  .formatted(target.requests().lastResponse())
              + " than %d milliseconds.".formatted(target.settings().timeout().toMillis()));
    }
    if (answers.stream().anyMatch(answer -> answer.calls().isEmpty())) {
      throw new IllegalStateException(
          "Only some of the same requests caused a call, as if the service had a cache. Put {n}"
              + " into the URI for a number that differs each time.");
    }
  }

  private void missing(Capabilities capabilities, Answer answer) {
    Set<String> missing = new TreeSet<>(capabilities.missing());
    if (missing.remove("x-request-id")) {
      findings.broken(
          Rule.REQUEST_ID,
          "In: " + ArrivedHeader.show(answer.probe().in().get(0)) + ". Out: a call without it.");
    }
    if (!missing.isEmpty()) {
      findings.broken(
          Rule.FAMILIES,
          "In: every header. Out: a call without " + String.join(", ", missing) + " as it was.");
    }
  }

  private void notes(Capabilities capabilities, int lastStatus) {
    capabilities
        .tracers()
        .forEach(
            family ->
                findings.note(
                    "A tracer in the service writes "
                        + family.headers().get(0)
                        + "; checked for its trace id and decision."));
    if (lastStatus >= 400) {
      findings.note(
          "The service answers %d to an ordinary request. If it cannot read what its dependency"
                  .formatted(lastStatus)
              + " answered, set a fitting answer.");
    }
    if (!target.isSteady()) {
      findings.note("The number of calls differs between equal requests.");
    }
  }
}
