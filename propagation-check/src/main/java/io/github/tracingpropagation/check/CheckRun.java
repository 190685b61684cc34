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
  private static final Set<Rule> LOAD = Set.of(Rule.NOT_MIXED, Rule.NOT_LOST, Rule.NO_LEFTOVERS);

  private final ServiceUnderTest service;
  private final Settings settings;
  private final Set<Integer> ports;
  private final int foreignPort;
  private final Findings findings;

  CheckRun(ServiceUnderTest service, Set<Integer> ports, int foreignPort) {
    this.service = service;
    this.settings = service.settings();
    this.ports = ports;
    this.foreignPort = foreignPort;
    this.findings = new Findings(settings.rules);
  }

  /**
   * Runs all checks.
   *
   * @throws IllegalStateException if the service cannot be checked, such as if it makes no call
   */
  CheckReport run() throws InterruptedException {
    long start = System.nanoTime();
    settings.progress.accept("first requests");
    Calibration calibration = new Calibration(service);
    List<RequestResult> results = calibration.run();
    Call earlier = calibration.ofEarlier();
    if (earlier != null) {
      return onlyMixed(start, earlier);
    }
    requireCalls(results);
    CallProfile profile = calibration.profile();
    service.profile(profile);
    Capabilities capabilities = new Capabilities(settings, results);
    missing(capabilities, results.get(0));
    findings.checked(Rule.FAMILIES);
    boolean whole = true;
    try {
      check(new Judge(settings, capabilities), profile, capabilities, results);
    } catch (ServiceUnderTest.TimeUpException e) {
      findings.end(String.valueOf(e.getMessage()));
      whole = false;
    }
    notes(capabilities, profile);
    return report(start, isExpected(profile.status()) ? 0 : profile.status(), whole);
  }

  /** Reports a service whose every call carries the headers of an earlier request. */
  private CheckReport onlyMixed(long start, Call earlier) {
    findings.broken(
        Rule.NOT_MIXED,
        "In: requests, one after the other. Out: calls of earlier requests, such as "
            + earlier.show()
            + ".");
    findings.end("No call carries the headers of its own request.");
    return report(start, 0, true);
  }

  private CheckReport report(long start, int badStatus, boolean whole) {
    return findings.report(
        new CheckReport.Facts(
            service.sent().size(), service.calls(), Timing.since(start), badStatus, whole));
  }

  private void check(
      Judge judge, CallProfile profile, Capabilities capabilities, List<RequestResult> results)
      throws InterruptedException {
    everyCall(judge, profile, results);
    new CaseChecks(service, judge, findings).run();
    if (settings.rules.stream().anyMatch(LOAD::contains)) {
      new LoadCheck(service, judge, capabilities, findings).run(); // shows what no row did, too
    }
    if (capabilities.missing().size() == headers().size()) {
      findings.notChecked(Rule.NOT_MIXED, "The service forwards none of the headers.");
      findings.notChecked(Rule.NOT_LOST, "The service forwards none of the headers.");
    }
    LOAD.forEach(findings::checked);
    findings.checked(Rule.EVERY_CALL);
    new RetryAndRedirectChecks(service, judge, findings, foreignPort).run();
  }

  private void everyCall(Judge judge, CallProfile profile, List<RequestResult> results) {
    if (profile.calls() < 2) {
      findings.notApplicable(Rule.EVERY_CALL, "The service calls once per request.");
    }
    if (profile.bareCalls() > 0 && profile.bareCalls() < profile.calls()) {
      findings.broken(
          Rule.EVERY_CALL,
          results.get(0),
          "%d of %d calls without these headers".formatted(profile.bareCalls(), profile.calls()));
    } else if (profile.retries()) {
      RequestResult held = results.get(results.size() - 1);
      held.calls().stream()
          .filter(call -> judge.judge(held.probe(), call) == Judge.Verdict.BARE)
          .filter(call -> profile.bareCalls() == 0)
          .forEach(call -> findings.broken(Rule.RETRIES, held, call.show()));
    }
  }

  private List<String> headers() {
    return settings.families.stream().flatMap(family -> family.headers().stream()).toList();
  }

  private void requireCalls(List<RequestResult> results) {
    RequestResult first = results.get(0);
    if (first.status() == 0 && first.calls().isEmpty()) {
      throw new IllegalStateException(
          "The service did not answer, and made no call. Response: "
              + service.sender().lastResponse()
              + ".");
    }
    Set<Integer> missing = new TreeSet<>(ports);
    results.stream()
        .map(RequestResult::calls)
        .flatMap(Collection::stream)
        .map(Call::port)
        .forEach(missing::remove);
    if (!missing.isEmpty() && service.unsupportedCall() != null) {
      throw new IllegalStateException(
          "The service calls " + service.unsupportedCall() + ", which cannot be checked.");
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "No call arrived at port %s, though the service %s. Point its dependency there, and take a"
                  .formatted(new HashSet<>(missing), first.response())
              + " path that calls it each time.");
    }
    if (results.stream().allMatch(result -> result.status() == 0)) {
      throw new IllegalStateException(
          "The service calls, but does not respond. Response: %s. Raise the time-out if it needs more"
                  .formatted(service.sender().lastResponse())
              + " than %d milliseconds.".formatted(settings.timeout.toMillis()));
    }
    if (results.stream().anyMatch(result -> result.calls().isEmpty())) {
      throw new IllegalStateException(
          "Only some of the same requests caused a call, as if the service had a cache. Put {n}"
              + " into the URI for a number that differs each time.");
    }
  }

  private void missing(Capabilities capabilities, RequestResult result) {
    Set<String> missing = new TreeSet<>(capabilities.missing());
    if (missing.remove("x-request-id")) {
      findings.broken(
          Rule.REQUEST_ID,
          "In: " + ArrivedHeader.show(result.probe().in().get(0)) + ". Out: a call without it.");
    }
    if (!missing.isEmpty()) {
      findings.broken(
          Rule.FAMILIES,
          "In: every header. Out: a call without " + String.join(", ", missing) + " as it was.");
    }
  }

  private void notes(Capabilities capabilities, CallProfile profile) {
    capabilities
        .tracers()
        .forEach(
            family ->
                findings.note(
                    "A tracer in the service writes "
                        + family.headers().get(0)
                        + "; checked for its trace id and decision."));
    if (!isExpected(profile.status())) {
      String answers = "The service answers %d to an ordinary request".formatted(profile.status());
      findings.notChecked(Rule.EVERY_CALL, answers + ", so calls may be missing.");
      findings.note(
          answers
              + ". If it cannot read what its dependency answered, set a fitting answer; if that is"
              + " its usual status, expect it.");
    }
    if (!profile.isSteady()) {
      findings.note("The number of calls differs between equal requests.");
    }
  }

  private boolean isExpected(int status) {
    return status < 400 || status == settings.expectedStatus;
  }
}
