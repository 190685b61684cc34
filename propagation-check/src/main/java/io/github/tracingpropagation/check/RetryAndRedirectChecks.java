// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Checks what the service does when its dependency fails or redirects. */
final class RetryAndRedirectChecks {
  private static final List<Integer> FAILURES = List.of(503, 502, 504, 500, 429);

  private final ServiceUnderTest service;
  private final Judge judge;
  private final Findings findings;
  private final int foreignPort;

  RetryAndRedirectChecks(
      ServiceUnderTest service, Judge judge, Findings findings, int foreignPort) {
    this.service = service;
    this.judge = judge;
    this.findings = findings;
    this.foreignPort = foreignPort;
  }

  void run() throws InterruptedException {
    service.settings().progress.accept("retries and redirects");
    if (service.settings().rules.contains(Rule.REDIRECTS)) {
      redirects();
      findings.checked(Rule.REDIRECTS);
    }
    if (service.settings().rules.contains(Rule.FOREIGN_HOST)) {
      foreignHost();
      findings.checked(Rule.FOREIGN_HOST);
    }
    if (service.settings().rules.contains(Rule.RETRIES)) {
      retries();
      findings.checked(Rule.RETRIES);
    }
  }

  private void retries() throws InterruptedException {
    boolean retried = service.profile().retries();
    for (int status : FAILURES) {
      retried |= retries(StubResponse.empty(status, "Retry-After: 0"));
    }
    retried |= retries(StubResponse.HANG_UP);
    if (!retried) {
      findings.notApplicable(
          Rule.RETRIES,
          "The service did not retry, neither after %s nor after a lost connection."
              .formatted(FAILURES));
    }
  }

  private boolean retries(StubResponse failure) throws InterruptedException {
    RequestResult result = failed(failure);
    for (int again = 0; again < 2 && mayHoldALateCall(result); again++) {
      result = failed(failure);
    }
    if (result.calls().isEmpty()) {
      return false;
    }
    String route = result.calls().get(0).route();
    if (result.onRoute(route) <= Math.max(1, service.profile().routes().count(route))) {
      return false;
    }
    RequestResult retried = result;
    result.calls().stream()
        .filter(call -> call.route().equals(route))
        .forEach(call -> check(Rule.RETRIES, retried, call));
    return true;
  }

  private RequestResult failed(StubResponse failure) throws InterruptedException {
    service.ask(Calibration.everyHeader()); // A circuit breaker opens after failures in a row.
    return service.ask(Probe.shaped(0), failure);
  }

  private boolean mayHoldALateCall(RequestResult result) {
    return result.calls().stream()
        .anyMatch(call -> service.mayBeLate(call) || mayBeGivenUp(result, call));
  }

  /** A service that retries after a time-out may give up a call, which arrives later. */
  private boolean mayBeGivenUp(RequestResult result, Call call) {
    return service.profile().retries()
        && !call.owners().isEmpty()
        && !call.owners().equals(Set.of(result.request().number()));
  }

  private void redirects() throws InterruptedException {
    RequestResult result = redirected(call -> call.host() + Call.REDIRECTED);
    List<Call> followed =
        result.calls().stream().filter(call -> call.path().equals(Call.REDIRECTED)).toList();
    followed.forEach(call -> check(Rule.REDIRECTS, result, call));
    if (followed.isEmpty()) {
      findings.notApplicable(Rule.REDIRECTS, "The service did not follow a redirect.");
    }
  }

  /** Asks once to learn the name by which the service calls, and then redirects. */
  private RequestResult redirected(Function<Call, String> location) throws InterruptedException {
    List<Call> calls = service.ask(Calibration.everyHeader()).calls();
    String to = calls.isEmpty() ? "" : location.apply(calls.get(0));
    String line = "Location: " + (service.settings().keyStore == null ? "http" : "https");
    return service.ask(Probe.shaped(0), StubResponse.empty(302, line + "://" + to));
  }

  private void check(Rule rule, RequestResult result, Call call) {
    Judge.Verdict verdict = judge.judge(result.probe(), call);
    if (verdict != Judge.Verdict.RIGHT && verdict != Judge.Verdict.INVENTED) {
      findings.broken(rule, result, call.show());
    }
  }

  private void foreignHost() throws InterruptedException {
    if (service.settings().foreignHost == null) {
      findings.notApplicable(Rule.FOREIGN_HOST, "Only checked with a foreign host.");
      return;
    }
    RequestResult result =
        redirected(
            call -> foreignName(call) + (call.proxied() ? "" : ":" + foreignPort) + Call.FOREIGN);
    for (Call call : result.calls()) {
      if (call.path().equals(Call.FOREIGN) && !call.isFree()) {
        findings.broken(Rule.FOREIGN_HOST, result, call.show() + " to another host");
      }
    }
  }

  /** Returns a name of loopback that the service did not call us by. */
  private String foreignName(Call call) {
    String name = service.settings().foreignHost;
    if (name != null && !name.isEmpty()) {
      return name;
    }
    if (call.proxied()) {
      return "another-host.example.com";
    }
    return call.host().startsWith("localhost") ? "127.0.0.1" : "localhost";
  }
}
