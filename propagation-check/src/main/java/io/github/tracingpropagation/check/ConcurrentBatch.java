// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests at the same time. If their calls are held, they are answered in turns: the calls
 * of some requests, and then those of the next ones when the former have ended. Meanwhile the
 * service can only go on for the requests of the turn, so that it is seen if two requests have
 * exchanged their headers, although each header arrives once.
 */
final class ConcurrentBatch {
  /** At least 2 are used, so that consecutive requests are in different turns. */
  private static final int MOST_TURNS = 8;

  private final ServiceUnderTest service;
  private final CallProfile profile;
  private final List<SentRequest> requests = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Events.HeldCall> held = new ArrayList<>();
  private final Set<SentRequest> released = new HashSet<>();
  private final List<SentRequest> early = new ArrayList<>();
  private final List<OutOfTurn> outOfTurn = new ArrayList<>();
  private boolean holding;
  private boolean complete;
  private boolean inTime;
  private int inTurn;
  private int mostHeld;
  private long deadline;

  /**
   * A request that went on although only calls with another request's headers were answered.
   *
   * @param request its headers
   * @param answered the other request's headers
   * @param furtherCall whether a further call shows it; else the response does
   */
  record OutOfTurn(Probe request, String answered, boolean furtherCall) {}

  ConcurrentBatch(ServiceUnderTest service) {
    this.service = service;
    this.profile = service.profile();
  }

  List<SentRequest> requests() {
    return requests;
  }

  /** Returns all calls that arrived until the last request had ended. */
  List<Call> calls() {
    return calls;
  }

  List<OutOfTurn> outOfTurn() {
    return outOfTurn;
  }

  /** Returns how many requests ended in their turn. */
  int inTurn() {
    return inTurn;
  }

  /** Returns whether every request had its calls held at the same time. */
  boolean isComplete() {
    return complete;
  }

  /** Returns whether all turns were over before the service could retry or give up. */
  boolean isInTime() {
    return inTime;
  }

  int mostHeld() {
    return mostHeld;
  }

  /** Returns how many requests got no response. */
  int unanswered() {
    return (int) requests.stream().filter(request -> request.status() == 0).count();
  }

  /** Sends the requests, and returns when all have ended. */
  void run(List<Probe> probes, boolean hold) throws InterruptedException {
    holding = hold;
    // Until then it neither retries nor gives up.
    deadline = Timing.in(profile.callTimeout(), 3, 4);
    for (Probe probe : probes) {
      requests.add(service.send(probe, requests.size() % 2 == 0));
    }
    if (hold) {
      gather();
      mostHeld = held.size();
      if (complete) {
        answerInTurns();
      }
      inTime = !Timing.isOver(deadline);
      holding = false;
      held.forEach(service::answer);
    }
    while (!requests.stream().allMatch(SentRequest::isEnded)) {
      next(Long.MAX_VALUE);
    }
  }

  private void gather() throws InterruptedException {
    int all = requests.size() * profile.callsWhileHeld();
    boolean more = true;
    while (more && held.size() < all) {
      long silence =
          Math.max(
              Timing.in(service.settings().settle(), 1, 8), Timing.in(profile.timeToCall(), 4, 1));
      boolean refused = requests.stream().anyMatch(SentRequest::isEnded);
      more = !refused && next(Math.min(silence, deadline));
    }
    complete = held.size() >= all && requests.stream().noneMatch(SentRequest::isEnded);
  }

  private void answerInTurns() throws InterruptedException {
    long turnNanos = Math.max(1, profile.timeToResponse().toNanos());
    long turns = Timing.part(profile.callTimeout(), 3, 10).toNanos() / turnNanos;
    int count = (int) Math.max(2, Math.min(turns, MOST_TURNS));
    for (int turn = 0; turn < count && !Timing.isOver(deadline) && outOfTurn.isEmpty(); turn++) {
      List<SentRequest> now = new ArrayList<>();
      for (int i = turn; i < requests.size(); i += count) {
        now.add(requests.get(i));
      }
      answer(now);
    }
  }

  /** Answers the calls with these requests' headers, and waits until all of those have ended. */
  private void answer(List<SentRequest> turn) throws InterruptedException {
    List<Events.HeldCall> theirs =
        held.stream().filter(call -> turn.contains(ownerOf(call.call()))).toList();
    Set<SentRequest> open = new HashSet<>();
    theirs.forEach(call -> open.add(requireNonNull(ownerOf(call.call()))));
    released.addAll(open);
    held.removeAll(theirs);
    theirs.forEach(service::answer);
    boolean more = true;
    while (more && !open.stream().allMatch(SentRequest::isEnded)) {
      more = next(deadline);
    }
    open.removeIf(SentRequest::isEnded);
    if (!early.isEmpty() && !open.isEmpty()) {
      SentRequest answered = open.iterator().next();
      outOfTurn.add(new OutOfTurn(early.get(0).probe(), answered.probe().show(), false));
    }
    early.clear(); // If all of the turn have ended, the service responded to the other one by
    // itself.
  }

  private boolean next(long until) throws InterruptedException {
    Events.Event event = service.next(until);
    if (event == null) {
      return false;
    }
    if (event.call() != null) {
      arrived(event.call());
    } else {
      requests.stream().filter(request -> request.number() == event.request()).forEach(this::ended);
    }
    return true;
  }

  private void arrived(Events.HeldCall call) {
    calls.add(call.call());
    SentRequest owner = ownerOf(call.call());
    if (!holding || released.contains(owner) || (owner == null && complete)) {
      service.answer(call);
      return;
    }
    // Else the service makes no call after an answer, so that this one is a retry.
    boolean further = profile.calls() > profile.callsWhileHeld();
    if (further && isTurn() && owner != null && isHeld(owner)) {
      released.stream()
          .filter(request -> !request.isEnded())
          .findFirst()
          .ifPresent(one -> outOfTurn.add(new OutOfTurn(one.probe(), call.call().show(), true)));
    }
    held.add(call);
  }

  /** Returns whether all calls are held that a request makes before one is answered. */
  private boolean isHeld(SentRequest owner) {
    return held.stream().filter(call -> owner.equals(ownerOf(call.call()))).count()
        >= profile.callsWhileHeld();
  }

  private void ended(SentRequest request) {
    if (isTurn() && released.contains(request)) {
      inTurn++;
    } else if (isTurn() && request.status() == profile.status()) {
      early.add(request);
    }
  }

  /** Returns whether the service can go on for the requests of the turn alone. */
  private boolean isTurn() {
    return holding && complete && !Timing.isOver(deadline);
  }

  private @Nullable SentRequest ownerOf(Call call) {
    Set<Integer> owners = call.owners();
    return requests.stream()
        .filter(request -> owners.contains(request.number()))
        .findFirst()
        .orElse(null);
  }
}
