// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Some requests at once. Their calls are held, and the calls that carry one request's headers are
 * answered while all others are still held: the request that is answered then is the one that made
 * those calls. So headers that two requests have exchanged are seen, though each arrives once.
 */
final class Wave {
  private static final long GATHER_MILLIS = 150;
  private static final long ANSWER_MILLIS = 300;

  private final Target target;
  private final Map<Integer, Probe> requests = new LinkedHashMap<>();
  private final Set<Integer> answered = new HashSet<>();
  private final HeldCalls held = new HeldCalls();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private int lastReleased = ArrivedHeader.NOBODY;
  private long deadline;

  /** Until then the service does not give up waiting for a call. */
  private long reliable;

  private int paired;
  private int unanswered;

  /** Calls without headers that were answered, and whose requests were not yet. */
  private int bareReleased;

  private final List<Exchange> exchanges = new ArrayList<>();

  /** Either a call has arrived, or a request was answered. */
  private record Event(HeldCalls.@Nullable Held held, int request, int status) {}

  /**
   * A request that was answered when only calls with another's headers had been.
   *
   * @param request the request that was answered
   * @param carried the request whose headers its calls carried, or {@link ArrivedHeader#NOBODY}
   */
  record Exchange(int request, int carried) {}

  /**
   * What was seen.
   *
   * @param requests the headers of each request, by its number
   * @param calls the calls that arrived
   * @param exchanges what the order of the answers shows
   * @param paired how many requests were answered when the calls with their headers had been
   * @param unanswered how many requests got no response
   */
  record Outcome(
      Map<Integer, Probe> requests,
      List<Call> calls,
      List<Exchange> exchanges,
      int paired,
      int unanswered) {}

  Wave(Target target) {
    this.target = target;
  }

  Outcome run(List<Probe> probes) throws InterruptedException {
    Traffic traffic = target.traffic();
    traffic.take();
    probes.forEach(probe -> requests.put(target.requests().number(probe), probe));
    if (target.waits()) {
      traffic.respond(this::hold);
    }
    try {
      requests.forEach(this::send);
      if (target.waits()) {
        answerOneByOne();
      }
    } finally {
      traffic.respondNormally();
      held.end();
    }
    while (answered.size() < requests.size()) {
      Event event = events.take(); // a request ends at its time-out at the latest
      if (event.held() == null) {
        answered(event);
      }
    }
    int expected = requests.size() * target.callsPerRequest();
    traffic.awaitAll(expected, target.lateMillis(unanswered == 0));
    List<Call> calls = traffic.take();
    // A request that made no call is answered without one, which is no exchange.
    boolean eachCalled = calls.size() >= expected;
    return new Outcome(
        requests, calls, eachCalled ? exchanges : List.of(), eachCalled ? paired : 0, unanswered);
  }

  private void send(int number, Probe probe) {
    target.requests().send(number, probe, status -> events.add(new Event(null, number, status)));
  }

  private Reply hold(Call call) throws InterruptedException {
    held.hold(call, arrived -> events.add(new Event(arrived, 0, 0)));
    return target.traffic().normalReply(call);
  }

  private void answerOneByOne() throws InterruptedException {
    if (!awaitFirstCall()) {
      return;
    }
    long start = System.nanoTime();
    long patience = TimeUnit.MILLISECONDS.toNanos(target.patienceMillis());
    deadline = start + patience / 2;
    reliable = start + patience * 3 / 4;
    gather();
    Set<Integer> early = new HashSet<>(answered);
    // After one exchange the calls are named wrongly, so waiting shows no more.
    while (answered.size() < requests.size()
        && exchanges.isEmpty()
        && System.nanoTime() < deadline) {
      if (held.size() == 0 && !next(GATHER_MILLIS, early)) {
        return;
      }
      if (held.size() > 0) {
        release(held.nextOwner(), early);
      }
    }
  }

  private boolean awaitFirstCall() throws InterruptedException {
    Set<Integer> all = Set.copyOf(requests.keySet());
    long timeout = target.settings().timeout().toMillis();
    while (held.size() == 0 && answered.size() < requests.size()) {
      if (!next(timeout, all)) {
        return false;
      }
    }
    return held.size() > 0;
  }

  /** Waits until as many calls are held as the service makes at once, or no more come. */
  private void gather() throws InterruptedException {
    Set<Integer> all = Set.copyOf(requests.keySet());
    int most = Math.min(requests.size(), target.callsAtOnce());
    while (held.size() < most && System.nanoTime() < deadline) {
      if (!next(GATHER_MILLIS, all)) {
        target.callsAtOnce(held.size());
        return;
      }
    }
  }

  private void release(int owner, Set<Integer> early) throws InterruptedException {
    lastReleased = owner;
    bareReleased += held.release(owner);
    while (exchanges.isEmpty() && !isAnswered(owner) && next(ANSWER_MILLIS, early)) {
      bareReleased += held.releaseFurther(); // further calls of the same request
    }
  }

  private boolean isAnswered(int owner) {
    return owner == ArrivedHeader.NOBODY ? bareReleased == 0 : answered.contains(owner);
  }

  private int ownerOf(int number) {
    Probe probe = requests.get(number);
    return probe == null || probe.in().isEmpty() ? ArrivedHeader.NOBODY : number;
  }

  /** Takes the next event; returns false if none comes in time. */
  private boolean next(long millis, Set<Integer> early) throws InterruptedException {
    Event event = events.poll(millis, TimeUnit.MILLISECONDS);
    if (event == null) {
      return false;
    }
    if (event.held() != null) {
      held.add(event.held());
    } else {
      answered(event);
      if (!early.contains(event.request())) {
        pair(event);
      }
    }
    return true;
  }

  private void answered(Event event) {
    answered.add(event.request());
    unanswered += event.status() == 0 ? 1 : 0;
  }

  /** Compares the request that was answered with the calls that were. */
  private void pair(Event event) {
    int owner = ownerOf(event.request());
    if (held.isReleased(owner)) {
      paired++;
    } else if (bareReleased > 0) {
      bareReleased = Math.max(0, bareReleased - target.callsPerRequest());
      paired += owner == ArrivedHeader.NOBODY ? 1 : 0;
    } else if (event.status() != 0 && System.nanoTime() < reliable) {
      exchanges.add(new Exchange(event.request(), lastReleased));
    }
  }
}
