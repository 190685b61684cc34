// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;
import java.util.stream.IntStream;

/** Sends many requests at once, some without headers, and then requests without headers alone. */
final class Storm {
  private static final int EACH_WITHOUT = 5;
  private static final String OVERLOADED =
      "The service did not answer each of the requests in time, so the load was ended; lower the"
          + " concurrency, or raise the time-out.";

  private final Target target;
  private final JudgedWaves judged;
  private final Findings findings;
  private int sent;

  Storm(Target target, Judge judge, Capabilities capabilities, Findings findings) {
    this.target = target;
    this.judged = new JudgedWaves(target, judge, capabilities, findings);
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
      judged.check(wave);
      sent += size;
      answers = wave.unanswered() == 0;
    }
    leftovers(answers ? settings.concurrency() : 1);
    if (!answers) {
      findings.notChecked(Rule.NOT_MIXED, OVERLOADED);
      findings.notChecked(Rule.NOT_LOST, OVERLOADED);
    } else if (Math.min(settings.concurrency(), settings.requests()) < 2) {
      findings.notChecked(Rule.NOT_MIXED, "Only checked with several requests at once.");
    } else if (2 * judged.paired() < sent) {
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
        if (!call.owners().isEmpty() && !judged.isLate(call)) {
          findings.broken(
              Rule.NO_LEFTOVERS,
              "In, after the load: no tracing header. Out: " + call.show() + ".");
        }
      }
    }
  }
}
