// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends ordinary requests to learn how the service calls: how often, when, and for how long it
 * waits for an answer.
 */
final class Calibration {
  private final ServiceUnderTest service;
  private final Duration settle;
  private final Set<String> idleRoutes = new HashSet<>();
  private final List<Observed> observed = new ArrayList<>();

  /** The most calls of the first two requests, by route. */
  private Multiset<String> most = HashMultiset.create();

  private int fewestCalls;
  private int mostCalls;
  private Duration callTimeout = Duration.ZERO;
  private Duration timeToCall = Duration.ZERO;
  private Duration timeToResponse = Duration.ZERO;
  private int callsWhileHeld;
  private boolean retries;
  private boolean callsAfterResponse;

  /** A call with an earlier request's headers, which came while a request was open. */
  private @Nullable Call earlier;

  /** A request, and all calls that came until the next one was sent or that carry its values. */
  private static final class Observed {
    final SentRequest request;
    final List<Events.HeldCall> calls = new ArrayList<>();

    Observed(SentRequest request) {
      this.request = request;
    }

    Multiset<String> routes() {
      return calls.stream()
          .map(held -> held.call().route())
          .collect(Collectors.toCollection(HashMultiset::create));
    }
  }

  Calibration(ServiceUnderTest service) {
    this.service = service;
    this.settle = service.settings().settle;
  }

  /** Returns the calls of ordinary requests; those of the last one were held. */
  List<RequestResult> run() throws InterruptedException {
    idle();
    for (int i = 0; i < service.settings().warmUp; i++) {
      observe();
      if (observed.get(i).calls.isEmpty()) {
        return results(); // The service is not there, or does not call.
      }
    }
    List<Observed> first = List.copyOf(observed);
    observed.clear(); // Their late calls are still known by their values.
    observe();
    long lateDeadline = Timing.in(settle, 1, 1);
    observe();
    if (observed.stream().anyMatch(one -> one.calls.isEmpty())) {
      observed.addAll(first);
      return results(); // As if it had a cache.
    }
    count();
    hold();
    awaitLate(Timing.in(service.settings().timeout, 1, 1), observed.get(2));
    awaitLate(lateDeadline);
    count();
    return results();
  }

  /** Returns a call of a request that made none with its own headers, but with another's. */
  @Nullable Call ofEarlier() {
    return observed.stream().anyMatch(one -> one.calls.isEmpty()) ? earlier : null;
  }

  private List<RequestResult> results() {
    return observed.stream()
        .map(
            one ->
                new RequestResult(
                    one.request,
                    one.calls.stream()
                        .map(Events.HeldCall::call)
                        .filter(call -> isOrdinary(call.route()))
                        .toList()))
        .toList();
  }

  /** Listens before the first request: what arrives are background calls. */
  private void idle() throws InterruptedException {
    long end = Timing.in(settle, 1, 4);
    for (var held = service.nextCall(end); held != null; held = service.nextCall(end)) {
      idleRoutes.add(held.call().route());
      service.answer(held);
    }
  }

  private void observe() throws InterruptedException {
    long start = System.nanoTime();
    Observed now = new Observed(service.send(everyHeader(), false));
    observed.add(now);
    long lastCall = start;
    while (!now.request.isEnded()) {
      Events.Event event = service.next(Long.MAX_VALUE);
      if (event != null && event.call() != null) {
        add(event.call());
        timeToCall = now.calls.size() == 1 ? Timing.since(start) : timeToCall;
        service.answer(event.call());
        lastCall = System.nanoTime();
      }
    }
    timeToResponse = Timing.since(lastCall);
    if (now.calls.isEmpty() && now.request.isSent()) {
      Duration timeout = service.settings().timeout;
      awaitLate(Timing.in(timeout, 1, 1), now);
    }
    if (observed.size() == 2 && now.calls.size() < observed.get(0).calls.size()) {
      awaitLate(Timing.in(settle, 1, 10), now);
    }
  }

  static Probe everyHeader() {
    return Probe.of(PropagationCase.EVERY_PROVIDER);
  }

  /** Adds a call to the request whose values it carries, or to the last one. */
  private void add(Events.HeldCall held) {
    Set<Integer> owners = held.call().owners();
    Observed to = observed.get(observed.size() - 1);
    if (!owners.isEmpty() && !owners.contains(to.request.number()) && !to.request.isEnded()) {
      earlier = held.call();
    }
    for (Observed one : observed) {
      to = owners.contains(one.request.number()) ? one : to;
    }
    if (!owners.isEmpty() && !owners.contains(to.request.number())) {
      return; // Of a request before the first that counts.
    }
    to.calls.add(held);
    callsAfterResponse |= to.request.isEnded() && !owners.isEmpty();
  }

  private void awaitLate(long deadline) throws InterruptedException {
    awaitLate(deadline, null);
  }

  /** Waits for calls that come after the response; for one alone if a request is given. */
  private void awaitLate(long deadline, @Nullable Observed until) throws InterruptedException {
    while (until == null || until.calls.isEmpty()) {
      Events.HeldCall held = service.nextCall(deadline);
      if (held == null) {
        return;
      }
      add(held);
      service.answer(held);
    }
  }

  /** Holds the calls of a request until the service calls again or responds, or for long. */
  private void hold() throws InterruptedException {
    Observed now = new Observed(service.send(everyHeader(), false));
    observed.add(now);
    long start = System.nanoTime();
    long deadline = Long.MAX_VALUE; // The request ends at its time-out at the latest.
    while (!retries && !(now.request.isEnded() && now.calls.isEmpty())) {
      Events.Event event = service.next(deadline);
      if (event == null) {
        break;
      }
      if (event.call() == null) {
        callTimeout = Timing.since(start);
        continue; // It may call again even so.
      }
      int before = now.calls.size();
      add(event.call());
      if (now.calls.size() == before) {
        service.answer(event.call()); // A late one of another request.
      } else if (before == 0) {
        start = System.nanoTime();
        deadline = Timing.in(settle, 1, 2);
      } else {
        retries = isOneMore(now, event.call().call().route());
      }
    }
    callsWhileHeld = now.calls.size() - (retries ? 1 : 0);
    callTimeout = now.request.isEnded() ? callTimeout : Timing.since(start);
    if (callTimeout.compareTo(Timing.part(settle, 1, 40)) < 0) {
      callTimeout = Duration.ZERO; // It does not block.
    }
    now.calls.forEach(service::answer);
    while (!now.request.isEnded()) {
      Events.Event event = service.next(Long.MAX_VALUE);
      if (event != null && event.call() != null) {
        add(event.call());
        service.answer(event.call());
      }
    }
  }

  private boolean isOneMore(Observed now, String route) {
    return most.contains(route) && now.routes().count(route) > most.count(route);
  }

  /** Counts the calls of the first two requests, which were not held. */
  private void count() {
    most = HashMultiset.create(Multisets.union(observed.get(0).routes(), observed.get(1).routes()));
    if (most.elementSet().stream().anyMatch(this::isOrdinary)) {
      most.elementSet().removeIf(route -> !isOrdinary(route));
    }
    // A path may differ in each request, so that no route is called by all.
    IntSummaryStatistics calls =
        results().stream().limit(2).mapToInt(result -> result.calls().size()).summaryStatistics();
    fewestCalls = calls.getMin();
    mostCalls = calls.getMax();
  }

  /** Returns whether requests cause the calls of a route: with their headers, or with each. */
  private boolean isOrdinary(String route) {
    boolean carries =
        observed.stream()
            .flatMap(one -> one.calls.stream())
            .map(Events.HeldCall::call)
            .anyMatch(call -> call.route().equals(route) && !call.owners().isEmpty());
    boolean each = observed.stream().limit(2).allMatch(one -> one.routes().contains(route));
    return carries || (each && !idleRoutes.contains(route));
  }

  CallProfile profile() {
    Set<String> background = new HashSet<>(idleRoutes);
    observed.forEach(one -> background.addAll(one.routes()));
    background.removeAll(most.elementSet());
    return new CallProfile(
        fewestCalls,
        mostCalls,
        ImmutableMultiset.copyOf(most),
        Set.copyOf(background),
        results().stream().limit(2).mapToInt(Calibration::bareCalls).min().orElse(0),
        callsWhileHeld,
        callTimeout,
        retries,
        callsAfterResponse,
        observed.get(1).request.status(),
        timeToCall,
        timeToResponse);
  }

  private static int bareCalls(RequestResult result) {
    return (int) result.calls().stream().filter(call -> call.owners().isEmpty()).count();
  }
}
