// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;

/** Checks what the service does when its dependency fails or redirects. */
final class FollowUps {
  private static final String LOCATION = "Location: http://";

  private final Target target;
  private final Judge judge;
  private final Findings findings;
  private final int foreignPort;

  FollowUps(Target target, Judge judge, Findings findings, int foreignPort) {
    this.target = target;
    this.judge = judge;
    this.findings = findings;
    this.foreignPort = foreignPort;
  }

  void run() throws InterruptedException {
    target.settings().progress().accept("retries and redirects");
    retries();
    redirects();
    foreignHost();
  }

  private void retries() throws InterruptedException {
    boolean unavailable = retry(call -> Reply.empty(503, "Retry-After: 0"));
    boolean hungUp = retry(call -> Reply.HANG_UP);
    if (!unavailable && !hungUp) {
      findings.notChecked(
          Rule.RETRIES,
          "The service did not retry, neither after 503 nor after a lost connection.");
    }
  }

  private boolean retry(Traffic.Responder failure) throws InterruptedException {
    Answer answer = target.ask(Probe.unique(), failure);
    if (answer.calls().size() <= target.callsPerRequest()) {
      return false;
    }
    check(Rule.RETRIES, answer, answer.calls());
    return true;
  }

  private void redirects() throws InterruptedException {
    Answer answer =
        target.ask(
            Probe.unique(), call -> Reply.empty(302, LOCATION + call.host() + Listener.REDIRECTED));
    List<Call> followed = answer.calls().stream().filter(Call::followed).toList();
    check(Rule.REDIRECTS, answer, followed);
    if (followed.isEmpty()) {
      findings.notChecked(Rule.REDIRECTS, "The service did not follow a redirect.");
    }
  }

  private void check(Rule rule, Answer answer, List<Call> calls) {
    for (Call call : calls) {
      if (judge.judge(answer.probe(), call) != Judge.Verdict.RIGHT) {
        findings.broken(rule, answer, call.show());
      }
    }
  }

  private void foreignHost() throws InterruptedException {
    if (foreignPort == 0) {
      findings.notChecked(Rule.FOREIGN_HOST, "Only checked with a foreign host.");
      return;
    }
    Answer answer =
        target.ask(
            Probe.unique(),
            call ->
                Reply.empty(302, LOCATION + foreignName(call) + ":" + foreignPort + "/foreign"));
    for (Call call : answer.calls()) {
      if (call.foreign() && !call.isFree()) {
        findings.broken(Rule.FOREIGN_HOST, answer, call.show() + " to another host");
      }
    }
  }

  /** Returns a name of loopback that the service did not call us by. */
  private String foreignName(Call call) {
    String name = target.settings().foreignHost();
    if (name != null && !name.isEmpty()) {
      return name;
    }
    return call.host().startsWith("localhost") ? "127.0.0.1" : "localhost";
  }
}
