// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Sends many requests at once, some without headers, and then requests without headers alone. */
final class Storm {
  private static final int EACH_WITHOUT = 5;
  private static final String OVERLOADED =
      "The service did not answer each of the requests in time, so the load was ended; lower the"
          + " concurrency, or raise the time-out.";

  private final Target target;
  private final Judge judge;
  private final Capabilities capabilities;
  private final Findings findings;
  private int sent;
  private int paired;
  private int bareMissing;
  private boolean confirmed;

  /** Requests of which calls were missing, and may come later. */
  private final Set<Integer> incomplete = new HashSet<>();

  Storm(Target target, Judge judge, Capabilities capabilities, Findings findings) {
    this.target = target;
    this.judge = judge;
    this.capabilities = capabilities;
    this.findings = findings;
  }

  void run() throws InterruptedException {
    Settings settings = target.settings();
    boolean answers = true;
    while (answers && sent < settings.requests()) {
      settings.progress().accept("under load: " + sent + " of " + settings.requests());
      int size = Math.min(settings.concurrency(), settings.requests() - sent);
      int first = sent;
      Wave.Outcome wave = new Wave(target).run(probes(first, size));
      check(wave);
      sent += size;
      answers = wave.unanswered() == 0;
    }
    leftovers(answers ? settings.concurrency() : 1);
    if (!answers) {
      findings.notChecked(Rule.NOT_MIXED, OVERLOADED);
      findings.notChecked(Rule.NOT_LOST, OVERLOADED);
    } else if (Math.min(settings.concurrency(), settings.requests()) < 2) {
      findings.notChecked(Rule.NOT_MIXED, "Only checked with several requests at once.");
    } else if (2 * paired < sent) {
      findings.notChecked(Rule.NOT_MIXED, unpaired());
    }
  }

  private String unpaired() {
    String why =
        target.waits()
            ? "The service was too slow to tell which request makes which call."
            : "The service answers before its call is answered, so that an exchange of two"
                + " requests' headers could not be seen.";
    return why + " Put {n} into the URI where the service passes it on to its call's path.";
  }

  private static List<Probe> probes(int first, int size) {
    return IntStream.range(first, first + size)
        .mapToObj(i -> i % EACH_WITHOUT == EACH_WITHOUT - 1 ? Probe.NOTHING : Probe.unique())
        .toList();
  }

  private void leftovers(int concurrency) throws InterruptedException {
    target.settings().progress().accept(Rule.NO_LEFTOVERS.title());
    for (int i = 0; i < 2; i++) { // the second time on threads that the first has used
      List<Probe> none = IntStream.range(0, concurrency).mapToObj(k -> Probe.NOTHING).toList();
      for (Call call : new Wave(target).run(none).calls()) {
        if (!call.owners().isEmpty() && !incomplete.containsAll(call.owners())) {
          findings.broken(
              Rule.NO_LEFTOVERS,
              "In, after the load: no tracing header. Out: " + call.show() + ".");
        }
      }
    }
  }

  private void check(Wave.Outcome wave) throws InterruptedException {
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

  /** Returns whether an exchange is one: after the first it is confirmed that the service waits. */
  private boolean waitsUnderLoad() throws InterruptedException {
    if (!confirmed && target.waits()) {
      confirmed = true;
      if (!new Patience(target).holds(target.settings().concurrency())) {
        target.doesNotWait();
        paired = 0;
      }
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
      if (!incomplete.containsAll(call.owners())
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
