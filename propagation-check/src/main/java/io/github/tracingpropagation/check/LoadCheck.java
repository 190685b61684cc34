// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.util.Objects.requireNonNullElseGet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sends many requests at once, and then requests without headers. */
final class LoadCheck {
  private static final int EACH_WITHOUT_TRACE = 5;
  private static final int CONTROLS = 2;
  private static final int SHARED = 3;
  private static final String OVERLOADED =
      "The service did not answer each of the requests in time, so the load was ended; lower the"
          + " concurrency, or raise the time-out.";

  private final ServiceUnderTest service;
  private final Capabilities capabilities;
  private final Findings findings;
  private final LoadJudge judge;
  private int sent;
  private int heldRequests;
  private int inTurn;

  /** Largest number of requests that the service can serve at the same time, as far as known. */
  private int capacity;

  private boolean growing = true;

  /** How many times in a row two requests were answered with the calls of one. */
  private int shared;

  /** For how long the service does nothing by itself while its calls are held, as far as known. */
  private Duration patience;

  private boolean mixed;

  LoadCheck(ServiceUnderTest service, Judge judge, Capabilities capabilities, Findings findings) {
    this.service = service;
    this.capabilities = capabilities;
    this.findings = findings;
    this.judge = new LoadJudge(service, judge, findings);
    this.capacity = Math.max(2, service.settings().concurrency / 2);
    this.patience = service.profile().callTimeout();
  }

  void run() throws InterruptedException {
    Settings settings = service.settings();
    long end = Timing.in(settings.settle, 15, 1);
    boolean answers = true;
    int atOnce = Math.min(settings.concurrency, settings.requests);
    while (answers && sent < settings.requests && !Timing.isOver(end)) {
      settings.progress.accept("under load: " + sent + " of " + settings.requests);
      boolean turns = service.profile().blocks() && atOnce > 1 && 2 * heldRequests <= sent;
      answers = batch(turns && !mixed && shared < SHARED);
    }
    if (answers && sent < settings.requests) {
      findings.note(
          "The load was ended after %d seconds, with %d of %d requests."
              .formatted(settings.settle.toSeconds() * 15, sent, settings.requests));
    }
    judge.conclude();
    leftovers(answers ? atOnce : 1);
    if (!answers) {
      findings.notChecked(Rule.NOT_MIXED, OVERLOADED);
      findings.notChecked(Rule.NOT_LOST, OVERLOADED);
    } else if (atOnce < 2) {
      findings.notChecked(Rule.NOT_MIXED, "Only checked with several requests at once.");
    } else if ((2 * inTurn < heldRequests || heldRequests == 0) && 2 * judge.numbered() < sent) {
      findings.notChecked(Rule.NOT_MIXED, requireNonNullElseGet(judge.sharing(), this::unpaired));
    }
  }

  /** Sends one batch; returns whether all of its requests were answered. */
  private boolean batch(boolean turns) throws InterruptedException {
    Settings settings = service.settings();
    int most = turns ? capacity : Math.min(settings.concurrency, freeSize());
    int size = Math.min(most, settings.requests - sent);
    ConcurrentBatch batch = new ConcurrentBatch(service);
    if (turns) {
      batch.turns(probes(size), patience);
      heldRequests += size;
      inTurn += batch.inTurn();
      adapt(batch);
      if (batch.breach() != null) {
        confirm(batch.breach(), size);
      }
    } else {
      batch.free(probes(size));
    }
    sent += size;
    judge.add(batch);
    return batch.unanswered() == 0;
  }

  /** Holds all calls of as many requests: what the service then does by itself is no fault. */
  private void confirm(ConcurrentBatch.Breach breach, int size) throws InterruptedException {
    Duration time = Timing.part(patience, 3, 4);
    for (int control = 0; control < CONTROLS; control++) {
      Duration itself = new ConcurrentBatch(service).control(probes(size), time);
      if (itself != null && itself.compareTo(patience) < 0) {
        patience = itself;
      }
    }
    mixed = breach.after().compareTo(Timing.part(patience, 3, 4)) < 0;
    if (mixed) {
      judge.mixed(breach.in(), breach.out());
    }
  }

  /** Returns the size of a batch without holding; few threads serve it one after the other. */
  private int freeSize() {
    boolean few = service.profile().blocks() && shared < SHARED;
    return few ? 4 * capacity : service.settings().concurrency;
  }

  /** Doubles the batch until not all calls could be held, or the turns took too long. */
  private void adapt(ConcurrentBatch batch) {
    int size = batch.requests().size();
    shared = size == 2 && batch.lacksCalls() ? shared + 1 : 0;
    if (!batch.isComplete()) {
      int calls = Math.max(1, service.profile().callsWhileHeld());
      capacity = Math.max(2, Math.min(size - 1, batch.mostHeld() / calls));
    } else if (!batch.isInTime()) {
      capacity = Math.max(2, size / 2);
    } else if (growing) {
      capacity = Math.min(2 * capacity, service.settings().concurrency);
      return;
    }
    growing = false;
  }

  private String unpaired() {
    String why =
        service.profile().blocks()
            ? "The service was too slow, or retried too soon, to identify the request of each call."
            : "The service responds, or tries again, before its call is answered, so it could not be"
                + " seen whether two requests exchange their headers.";
    return why + " Put {n} into the URI if the service passes it on to the path of its call.";
  }

  private List<Probe> probes(int size) {
    boolean ids = capabilities.forwards("x-request-id");
    return IntStream.range(sent, sent + size)
        .mapToObj(
            i ->
                ids && i % EACH_WITHOUT_TRACE == EACH_WITHOUT_TRACE - 1
                    ? Probe.idAlone()
                    : Probe.shaped(i))
        .toList();
  }

  /** Sends requests without headers after the load: their calls must carry none. */
  private void leftovers(int concurrency) throws InterruptedException {
    service.settings().progress.accept(Rule.NO_LEFTOVERS.title());
    for (int i = 0; i < 2; i++) { // The second time on threads that the first has used.
      List<Probe> none = new ArrayList<>();
      IntStream.range(0, concurrency).forEach(k -> none.add(Probe.NOTHING));
      ConcurrentBatch batch = new ConcurrentBatch(service);
      batch.free(none);
      judge.leftovers(batch);
    }
  }
}
