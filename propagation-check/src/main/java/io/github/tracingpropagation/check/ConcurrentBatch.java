// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests at the same time, in one of three ways: {@link #free}, {@link #turns} and {@link
 * #control}. In turns, one invariant decides, which docs/check.md explains: once each request has
 * its calls held, what arrives is of a request that was released and has not ended.
 */
final class ConcurrentBatch {
  /** At least 2 are used, so that consecutive requests are in different turns. */
  private static final int MOST_TURNS = 8;

  private final ServiceUnderTest service;
  private final CallProfile profile;
  private final long start = System.nanoTime();
  private final List<SentRequest> requests = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Events.HeldCall> held = new ArrayList<>();
  private final Set<SentRequest> released = new HashSet<>();
  private boolean holding;
  private boolean complete;
  private boolean inTime;
  private int inTurn;
  private int mostHeld;

  /** When the service may do something by itself, such as try again. */
  private long deadline = start;

  private @Nullable Breach breach;

  /**
   * What breaks the invariant.
   *
   * @param in the headers of a request that was not released
   * @param out what it did nevertheless
   * @param after how long after the first request was sent
   */
  record Breach(String in, String out, Duration after) {}

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

  @Nullable Breach breach() {
    return breach;
  }

  /** Returns how many requests ended in their turn. */
  int inTurn() {
    return inTurn;
  }

  /** Returns whether every request had its calls held at the same time. */
  boolean isComplete() {
    return complete;
  }

  /** Returns whether all turns were over before the service could do something by itself. */
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

  /** Returns whether all requests were answered as usual, though there were too few calls. */
  boolean lacksCalls() {
    return calls.size() < requests.size() * profile.calls()
        && requests.stream().allMatch(request -> request.status() == profile.status());
  }

  /** Answers each call when it arrives. */
  void free(List<Probe> probes) throws InterruptedException {
    send(probes);
    finish();
  }

  /**
   * Holds the calls, and answers them in turns: those with some requests' headers, and the next
   * ones when these requests have ended.
   *
   * @param patience for how long the service does nothing by itself
   */
  void turns(List<Probe> probes, Duration patience) throws InterruptedException {
    holding = true;
    deadline = Timing.in(patience, 3, 4);
    send(probes);
    gather();
    mostHeld = held.size();
    long turnNanos = Math.max(1, profile.timeToResponse().toNanos());
    long turns = Timing.part(patience, 3, 10).toNanos() / turnNanos;
    int count = (int) Math.max(2, Math.min(turns, MOST_TURNS));
    for (int turn = 0; complete && turn < count && !isOver() && breach == null; turn++) {
      int first = turn;
      release(
          IntStream.range(0, requests.size())
              .filter(i -> i % count == first)
              .mapToObj(requests::get)
              .collect(Collectors.toSet()));
    }
    inTime = !isOver();
    finish();
  }

  /**
   * Holds all calls, to see what the service does by itself.
   *
   * @param time for how long
   * @return after what time it called again or responded, or null if it waited
   */
  @Nullable Duration control(List<Probe> probes, Duration time) throws InterruptedException {
    holding = true;
    deadline = Timing.in(time, 1, 1);
    send(probes);
    Duration itself = null;
    while (itself == null && next(deadline)) {
      boolean more = held.size() > requests.size() * profile.callsWhileHeld();
      itself = more || isAnyEnded() ? Timing.since(start) : null;
    }
    finish();
    return itself;
  }

  private void send(List<Probe> probes) {
    for (Probe probe : probes) {
      requests.add(service.send(probe, requests.size() % 2 == 0));
    }
  }

  /** Waits until each request has its calls held, or one has ended, or no call comes any more. */
  private void gather() throws InterruptedException {
    int all = requests.size() * profile.callsWhileHeld();
    boolean more = true;
    while (more && held.size() < all) {
      long silence =
          Math.max(
              Timing.in(service.settings().settle, 1, 8), Timing.in(profile.timeToCall(), 4, 1));
      more = !isAnyEnded() && next(Math.min(silence, deadline));
    }
    complete = held.size() >= all && !isAnyEnded();
  }

  /** Answers the calls with these requests' headers, and waits until all of those have ended. */
  private void release(Set<SentRequest> turn) throws InterruptedException {
    List<Events.HeldCall> theirs =
        held.stream().filter(call -> turn.contains(ownerOf(call.call()))).toList();
    Set<SentRequest> open = new HashSet<>();
    for (Events.HeldCall call : theirs) {
      SentRequest owner = ownerOf(call.call());
      if (owner != null && open.add(owner)) {
        released.add(owner);
      }
    }
    held.removeAll(theirs);
    theirs.forEach(service::answer);
    boolean more = true;
    while (more && breach == null && !open.stream().allMatch(SentRequest::isEnded)) {
      more = next(deadline);
    }
  }

  /** Answers all calls, and waits until all requests have ended. */
  private void finish() throws InterruptedException {
    holding = false;
    held.forEach(service::answer);
    while (!requests.stream().allMatch(SentRequest::isEnded)) {
      next(Long.MAX_VALUE);
    }
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
    // Else the service makes no call after an answer, so that this one is a try of its own.
    boolean further = profile.calls() > profile.callsWhileHeld();
    if (further && isTurn() && owner != null && isHeld(owner)) {
      String in =
          released.stream()
              .filter(request -> !request.isEnded())
              .findFirst()
              .map(request -> request.probe().show())
              .orElse("several requests at once");
      breached(in, "a call with " + call.call().show() + ", of another request");
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
      breached(
          request.probe().show(),
          "a response, though none of the calls with these headers was answered, but those of other"
              + " requests");
    }
  }

  private void breached(String in, String out) {
    breach = breach == null ? new Breach(in, out, Timing.since(start)) : breach;
  }

  /** Returns whether the service can go on for the requests of the turn alone. */
  private boolean isTurn() {
    return holding && complete && !isOver();
  }

  private boolean isOver() {
    return Timing.isOver(deadline);
  }

  private boolean isAnyEnded() {
    return requests.stream().anyMatch(SentRequest::isEnded);
  }

  private @Nullable SentRequest ownerOf(Call call) {
    Set<Integer> owners = call.owners();
    return requests.stream()
        .filter(request -> owners.contains(request.number()))
        .findFirst()
        .orElse(null);
  }
}
