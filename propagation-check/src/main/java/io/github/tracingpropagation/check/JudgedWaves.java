// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges what the waves of the load have shown, and adds what is broken to the findings. */
final class JudgedWaves {
  private final Target target;
  private final Judge judge;
  private final Capabilities capabilities;
  private final Findings findings;

  /** Requests of which calls were missing, and may come later. */
  private final Set<Integer> incomplete = new HashSet<>();

  private int paired;
  private int bareMissing;

  JudgedWaves(Target target, Judge judge, Capabilities capabilities, Findings findings) {
    this.target = target;
    this.judge = judge;
    this.capabilities = capabilities;
    this.findings = findings;
  }

  /** Returns of how many requests it is known which calls they made. */
  int paired() {
    return paired;
  }

  /** Returns whether a call may be a late one of an earlier request. */
  boolean isLate(Call call) {
    return incomplete.containsAll(call.owners());
  }

  void check(Wave.Outcome wave) throws InterruptedException {
    Map<Integer, Integer> calls = new HashMap<>();
    List<Call> bare = new ArrayList<>();
    for (Call call : wave.calls()) {
      if (call.owners().isEmpty()) {
        bare.add(call);
      } else {
        call.owners().forEach(owner -> calls.merge(owner, 1, Integer::sum));
        carried(wave, call);
      }
      pairByNumber(wave, call);
    }
    paired += Math.max(wave.paired(), pairedByNumber(wave));
    if (!wave.exchanges().isEmpty() && waitsUnderLoad()) {
      wave.exchanges().forEach(exchange -> exchanged(wave, exchange));
    }
    boolean forwards = capabilities.bareCalls() < target.callsPerRequest();
    if (target.isSteady() && forwards) {
      count(wave, calls, bare.size());
    }
  }

  /** Returns whether an exchange is one, which it is only if the service waits for its calls. */
  private boolean waitsUnderLoad() throws InterruptedException {
    if (target.waits() && !target.confirmsToWait()) {
      paired = 0;
    }
    return target.waits();
  }

  private void carried(Wave.Outcome wave, Call call) {
    if (call.owners().size() > 1) {
      mixed("two requests at once", call.show() + ", of both");
      return;
    }
    Probe probe = wave.requests().get(call.owners().iterator().next());
    if (probe == null) {
      if (!isLate(call)
          && wave.calls().size() <= wave.requests().size() * target.callsPerRequest()) {
        mixed("requests with other headers or none", call.show() + ", of an earlier request");
      }
    } else if (judge.judge(probe, call) != Judge.Verdict.RIGHT) {
      findings.broken(
          Rule.NOT_LOST, "In, under load: " + probe.show() + ". Out: " + call.show() + ".");
    }
  }

  private void pairByNumber(Wave.Outcome wave, Call call) {
    Probe probe = target.requests().areNumbered() ? wave.requests().get(call.number()) : null;
    if (probe != null
        && !call.owners().isEmpty()
        && (probe.in().isEmpty() || !call.owners().contains(call.number()))) {
      mixed(probe.show(), call.show() + ", of another request");
    }
  }

  private int pairedByNumber(Wave.Outcome wave) {
    return !target.requests().areNumbered()
        ? 0
        : (int)
            wave.requests().keySet().stream()
                .filter(number -> wave.calls().stream().anyMatch(call -> call.number() == number))
                .count();
  }

  private void exchanged(Wave.Outcome wave, Wave.Exchange exchange) {
    Probe carried = wave.requests().get(exchange.carried());
    Probe made = wave.requests().get(exchange.request());
    if (carried == null || made == null) {
      return; // A call without headers: counted as lost below.
    }
    mixed(made.show(), "a call with " + carried.show() + ", of another request at the same time");
  }

  private void mixed(String in, String out) {
    findings.broken(Rule.NOT_MIXED, "In, under load: " + in + ". Out: " + out + ".");
  }

  private void count(Wave.Outcome wave, Map<Integer, Integer> calls, int bare) {
    int each = target.callsPerRequest();
    int own = each - capabilities.bareCalls();
    int with = (int) wave.requests().values().stream().filter(p -> !p.in().isEmpty()).count();
    int bareExpected = each * (wave.requests().size() - with) + capabilities.bareCalls() * with;
    boolean tooMany = calls.values().stream().anyMatch(count -> count > own);
    boolean tooFew =
        bare < bareExpected
            || wave.requests().entrySet().stream()
                .filter(request -> !request.getValue().in().isEmpty())
                .anyMatch(request -> calls.getOrDefault(request.getKey(), 0) < own);
    if (tooMany && tooFew) {
      mixed(
          wave.requests().size() + " requests at once",
          "more calls with the headers of one of them than it makes, and fewer with another's");
    }
    if (bare > bareExpected + bareMissing) {
      findings.broken(
          Rule.NOT_LOST,
          "In, under load: %d requests with headers. Out: %d calls without them."
              .formatted(with, bare - bareExpected));
    }
    int expected = each * wave.requests().size();
    if (wave.calls().size() < expected) {
      wave.requests().keySet().stream()
          .filter(request -> calls.getOrDefault(request, 0) < own)
          .forEach(incomplete::add);
      bareMissing += Math.max(0, bareExpected - bare);
      // Refusing requests under load is not wrong, but shows nothing of those that were refused.
      findings.notChecked(
          Rule.NOT_LOST,
          "Of %d requests at once came %d calls instead of %d; lower the concurrency."
              .formatted(wave.requests().size(), wave.calls().size(), expected));
    }
  }
}
