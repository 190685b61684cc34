// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
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
  private final Set<Integer> released = new HashSet<>();
  private final List<Held> held = new ArrayList<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Queue<Held> everHeld = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;
  private int lastReleased = ArrivedHeader.NOBODY;
  private long deadline;

  /** Until then the service does not give up waiting for a call. */
  private long reliable;

  private int paired;
  private int unanswered;

  /** Calls without headers that were answered, and whose requests were not yet. */
  private int bareReleased;

  private final List<Exchange> exchanges = new ArrayList<>();

  /** A call that waits for its answer. */
  private record Held(Call call, int owner, CountDownLatch latch) {}

  /** Either a call has arrived, or a request was answered. */
  private record Event(@Nullable Held held, int request, int status) {}

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
      ended = true;
      everHeld.forEach(call -> call.latch().countDown());
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
    int owner = call.owners().stream().findFirst().orElse(ArrivedHeader.NOBODY);
    Held waiting = new Held(call, owner, new CountDownLatch(1));
    everHeld.add(waiting);
    events.add(new Event(waiting, 0, 0));
    if (!ended) {
      waiting.latch().await();
    }
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
      if (held.isEmpty() && !next(GATHER_MILLIS, early)) {
        return;
      }
      if (!held.isEmpty()) {
        release(nextOwner(), early);
      }
    }
  }

  private boolean awaitFirstCall() throws InterruptedException {
    Set<Integer> all = Set.copyOf(requests.keySet());
    long timeout = target.settings().timeout().toMillis();
    while (held.isEmpty() && answered.size() < requests.size()) {
      if (!next(timeout, all)) {
        return false;
      }
    }
    return !held.isEmpty();
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

  /** Calls without headers come last: whose they are shows less than whose the others are. */
  private int nextOwner() {
    return held.stream()
        .mapToInt(Held::owner)
        .filter(owner -> owner != ArrivedHeader.NOBODY)
        .findFirst()
        .orElse(ArrivedHeader.NOBODY);
  }

  private void release(int owner, Set<Integer> early) throws InterruptedException {
    released.add(owner);
    lastReleased = owner;
    releaseHeld();
    if (owner == ArrivedHeader.NOBODY) {
      released.remove(owner); // Those that come later are held again.
    }
    while (exchanges.isEmpty() && !isAnswered(owner) && next(ANSWER_MILLIS, early)) {
      releaseHeld(); // further calls of the same request
    }
  }

  private void releaseHeld() {
    held.removeIf(
        call -> {
          boolean release = released.contains(call.owner());
          if (release) {
            bareReleased += call.owner() == ArrivedHeader.NOBODY ? 1 : 0;
            call.latch().countDown();
          }
          return release;
        });
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
    if (released.contains(owner)) {
      paired++;
    } else if (bareReleased > 0) {
      bareReleased = Math.max(0, bareReleased - target.callsPerRequest());
      paired += owner == ArrivedHeader.NOBODY ? 1 : 0;
    } else if (event.status() != 0 && System.nanoTime() < reliable) {
      exchanges.add(new Exchange(event.request(), lastReleased));
    }
  }
}
