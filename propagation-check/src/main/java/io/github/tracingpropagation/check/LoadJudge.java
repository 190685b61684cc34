// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the calls under load: each must carry the headers of the request that made it. */
final class LoadJudge {
  private static final String REFUSED =
      "%d of %d requests under load were refused, or made fewer calls; lower the concurrency.";
  private static final String SHARED =
      "%d of %d requests under load were answered without all of their calls, as if requests shared"
          + " a call, which can carry the headers of only one. Put {n} into the URI if their calls"
          + " then differ, or check the service with sharing switched off.";

  private final ServiceUnderTest service;
  private final CallProfile profile;
  private final Judge judge;
  private final Findings findings;
  private final List<Batch> batches = new ArrayList<>();
  private final Map<Integer, Wrong> wrong = new HashMap<>();
  private int numbered;
  private int requests;
  private int bareCalls;
  private @Nullable String sharing;

  /** A batch, with what is judged after the load, when all of its calls have arrived. */
  private record Batch(ConcurrentBatch batch, List<Call> foreign, int bare) {}

  /** A call with the headers of one request, of which some are wrong. */
  private record Wrong(Probe probe, Call call) {}

  LoadJudge(ServiceUnderTest service, Judge judge, Findings findings) {
    this.service = service;
    this.profile = service.profile();
    this.judge = judge;
    this.findings = findings;
  }

  /** Returns the number of requests whose calls were identified by the number in their path. */
  int numbered() {
    return numbered;
  }

  /**
   * Returns how requests seem to share calls, so that mixing cannot be seen; null if they do not.
   */
  @Nullable String sharing() {
    return sharing;
  }

  void add(ConcurrentBatch batch) {
    List<Call> foreign = new ArrayList<>();
    int bare = 0;
    for (Call call : batch.calls()) {
      if (!call.owners().isEmpty()) {
        carried(batch, call, foreign);
      } else if (profile.routes().contains(call.route())) {
        bare++;
      }
      number(batch, call);
    }
    requests += batch.requests().size();
    bareCalls += bare;
    batches.add(new Batch(batch, foreign, bare));
  }

  private void carried(ConcurrentBatch batch, Call call, List<Call> foreign) {
    if (call.owners().size() > 1) {
      mixed("several requests at once", call.showByOwner());
      return;
    }
    SentRequest owner = service.request(call.owners().iterator().next());
    if (owner == null || !(batch.requests().contains(owner) || service.isExpected(call))) {
      foreign.add(call);
    } else if (judge.judge(owner.probe(), call) == Judge.Verdict.WRONG) {
      wrong.putIfAbsent(owner.probe().shape(), new Wrong(owner.probe(), call));
    }
  }

  private void number(ConcurrentBatch batch, Call call) {
    if (!service.sender().areNumbered()) {
      return;
    }
    for (SentRequest request : batch.requests()) {
      if (request.number() == call.number()) {
        numbered++;
        if (!call.owners().isEmpty() && !call.owners().contains(call.number())) {
          mixed(request.probe().show(), call.show() + ", of another request");
        }
      }
    }
  }

  void mixed(String in, String out) {
    findings.broken(Rule.NOT_MIXED, "In, under load: " + in + ". Out: " + out + ".");
  }

  /** Judges what can be judged only after all calls have arrived. */
  void conclude() throws InterruptedException {
    awaitLate();
    int refused = 0;
    int shared = 0;
    int missing = 0;
    for (Batch batch : batches) {
      int tooMany = 0;
      int tooFew = 0;
      int without = 0;
      for (SentRequest request : batch.batch().requests()) {
        int calls = request.calls().size();
        tooMany += Math.max(0, calls - profile.mostCalls());
        if (request.status() != profile.status()) {
          refused++;
        } else if (calls < own()) {
          tooFew += own() - calls;
          without++;
        }
      }
      missing += tooFew;
      // The others' calls were made with the headers of another request, or without.
      shared += Math.min(without, Math.max(0, tooFew - tooMany - batch.bare()));
      if (tooFew > 0 && !batch.foreign().isEmpty()) {
        Call call = batch.foreign().get(0);
        mixed("a request that was sent later", call.show() + ", of an earlier request");
      } else if (tooMany > 0 && tooMany + batch.bare() == tooFew && profile.isSteady()) {
        mixed(
            batch.batch().requests().size() + " requests at once",
            "too many calls with the headers of one request, and too few with those of another");
      }
    }
    wrong();
    lost(missing);
    fewer(refused, shared);
  }

  /** Returns how many calls of each request carry its headers. */
  private int own() {
    return profile.calls() - profile.bareCalls();
  }

  private void awaitLate() throws InterruptedException {
    long deadline = service.lateDeadline();
    while (batches.stream()
        .flatMap(batch -> batch.batch().requests().stream())
        .anyMatch(this::owes)) {
      Events.HeldCall held = service.nextCall(deadline);
      if (held == null) {
        return;
      }
      service.answer(held);
      deadline = held.call().owners().isEmpty() ? deadline : service.lateDeadline();
    }
  }

  private boolean owes(SentRequest request) {
    return request.status() == profile.status() && request.calls().size() < own();
  }

  /** Repeats requests alone: a header that is wrong then, too, is not wrong because of the load. */
  private void wrong() throws InterruptedException {
    for (Wrong one : wrong.values()) {
      Probe again = one.probe().again();
      RequestResult alone = service.ask(again);
      List<Call> wrongAlone =
          alone.calls().stream()
              .filter(call -> call.owners().contains(alone.request().number()))
              .filter(call -> judge.judge(again, call) == Judge.Verdict.WRONG)
              .toList();
      if (!wrongAlone.isEmpty()) {
        findings.broken(Rule.VERBATIM, alone, wrongAlone.get(0).show());
      } else if (judge.hasForeignValue(one.probe(), one.call())) {
        mixed(one.probe().show(), one.call().show() + ", with a value of another request");
      } else {
        findings.broken(
            Rule.NOT_LOST,
            "In, under load: %s. Out: %s.".formatted(one.probe().show(), one.call().show()));
      }
    }
  }

  private void lost(int missing) {
    int expected = profile.bareCalls() * requests;
    boolean lost = own() > 0 && bareCalls > expected;
    if (missing > 0 && findings.isBroken(Rule.NOT_MIXED)) {
      findings.follows(Rule.NOT_LOST, Rule.NOT_MIXED); // Others have taken their place.
    } else if (lost && profile.retries() && findings.isBroken(Rule.RETRIES)) {
      findings.follows(Rule.NOT_LOST, Rule.RETRIES); // Under load it retries, too.
    } else if (lost && (!profile.retries() || (profile.bareCalls() == 0 && missing > 0))) {
      // If no request lacks a call, a service that retries has given one up in an earlier row.
      findings.broken(
          Rule.NOT_LOST,
          "In, under load: %d requests with headers. Out: %d calls without them."
              .formatted(requests, bareCalls - expected));
    }
  }

  private void fewer(int refused, int shared) {
    boolean mostShared = shared > refused;
    int fewer = mostShared ? shared : refused + shared;
    String what = (mostShared ? SHARED : REFUSED).formatted(fewer, requests);
    if (4 * fewer > requests) {
      sharing = mostShared ? what : null;
      findings.notChecked(Rule.NOT_LOST, what);
    } else if (fewer > 0) {
      findings.note(what);
    }
  }

  void leftovers(ConcurrentBatch batch) {
    List<Call> with =
        batch.calls().stream()
            .filter(call -> !call.owners().isEmpty() && !service.isExpected(call))
            .toList();
    long without =
        batch.calls().stream()
            .filter(call -> call.owners().isEmpty())
            .filter(call -> profile.routes().contains(call.route()))
            .count();
    // A request that failed may have made no call, such as if the service ran out of retries.
    long answered =
        batch.requests().stream().filter(one -> one.status() == profile.status()).count();
    if (!with.isEmpty() && without < profile.calls() * answered) {
      findings.broken(
          Rule.NO_LEFTOVERS,
          "In, after the load: no tracing header. Out: " + with.get(0).show() + ".");
    }
  }
}
