// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the service, and records the calls of each: all events pass through it. For the
 * one thread that checks.
 */
final class ServiceUnderTest implements AutoCloseable {
  /** The check has taken as long as it may: what was found so far is reported. */
  static final class TimeUpException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    TimeUpException() {
      super("The check has not ended within its maximum time.");
    }
  }

  private final Settings settings;
  private final Events events;
  private final SentValues values;
  private final RequestSender sender;
  private final Map<Integer, SentRequest> requests = new HashMap<>();
  private final long end;
  private @Nullable CallProfile profile;
  private int calls;

  ServiceUnderTest(Settings settings, Events events, SentValues values, RequestSender sender) {
    this.settings = settings;
    this.events = events;
    this.values = values;
    this.sender = sender;
    this.end = settings.maxTime == null ? Long.MAX_VALUE : Timing.in(settings.maxTime, 1, 1);
  }

  Settings settings() {
    return settings;
  }

  RequestSender sender() {
    return sender;
  }

  @Nullable String unsupportedCall() {
    return events.unsupported();
  }

  Collection<SentRequest> sent() {
    return requests.values();
  }

  int calls() {
    return calls;
  }

  void profile(CallProfile known) {
    profile = known;
  }

  CallProfile profile() {
    return requireNonNull(profile);
  }

  /** Sends a request, after its values were registered. */
  SentRequest send(Probe probe, boolean sharedConnection) {
    if (System.nanoTime() - end > 0) {
      throw new TimeUpException();
    }
    SentRequest request = new SentRequest(values.add(probe), probe);
    requests.put(request.number(), request);
    sender.send(request, sharedConnection);
    return request;
  }

  @Nullable SentRequest request(int number) {
    return requests.get(number);
  }

  /**
   * Waits for the next event that a request has caused, and records it. Background calls are
   * answered and skipped.
   *
   * @param deadline when to return null, by {@link System#nanoTime}
   */
  Events.@Nullable Event next(long deadline) throws InterruptedException {
    for (Events.Event event = events.next(deadline); event != null; event = events.next(deadline)) {
      Events.HeldCall held = event.call();
      if (held == null) {
        SentRequest request = requests.get(event.request());
        if (request != null && !request.isEnded()) { // Else it is of an earlier check.
          request.ended(event.status());
          return event;
        }
      } else if (isCaused(held.call())) {
        calls++;
        for (int owner : held.call().owners()) {
          SentRequest request = requests.get(owner);
          if (request != null) {
            request.calls().add(held.call());
          }
        }
        return event;
      } else {
        answer(held);
      }
    }
    return null;
  }

  /** Waits for the next call, and skips responses; returns null at the deadline. */
  Events.@Nullable HeldCall nextCall(long deadline) throws InterruptedException {
    Events.Event event = next(deadline);
    while (event != null && event.call() == null) {
      event = next(deadline);
    }
    return event == null ? null : event.call();
  }

  private boolean isCaused(Call call) {
    return !settings.ignores(call.path())
        && (profile == null
            || !call.owners().isEmpty()
            || !profile.background().contains(call.route()));
  }

  void answer(Events.HeldCall held) {
    held.answer(settings.answerTo(held.call()));
  }

  /** Sends a request alone, and waits for its calls. */
  RequestResult ask(Probe probe) throws InterruptedException {
    return ask(probe, null);
  }

  /** Sends a request whose first call gets another response, if one is given. */
  RequestResult ask(Probe probe, @Nullable StubResponse first) throws InterruptedException {
    SentRequest request = send(probe, false);
    List<Call> calls = new ArrayList<>();
    long deadline = Long.MAX_VALUE; // A request ends at its time-out at the latest.
    while (!request.isEnded() || needsMore(calls, first != null)) {
      deadline = request.isEnded() && deadline == Long.MAX_VALUE ? lateDeadline() : deadline;
      Events.Event event = next(deadline);
      if (event == null) {
        break;
      }
      Events.HeldCall held = event.call();
      if (held == null) {
        continue;
      }
      boolean others = !held.call().owners().isEmpty() && !isOf(request, held.call());
      if (!others || !isExpected(held.call())) {
        calls.add(held.call());
      }
      if (first != null && calls.size() == 1) {
        held.answer(first);
      } else {
        answer(held);
      }
    }
    return new RequestResult(request, List.copyOf(calls));
  }

  private static boolean isOf(SentRequest request, Call call) {
    return call.owners().contains(request.number());
  }

  /** Returns whether calls may come after the response. */
  private boolean needsMore(List<Call> calls, boolean mayRetry) {
    return calls.size() < profile().calls() || (mayRetry && !profile().blocks());
  }

  /**
   * Returns whether a call may be of an earlier request: a service that calls after its response
   * may call late for a request without headers, and so without an owner.
   */
  boolean mayBeLate(Call call) {
    return profile().callsAfterResponse() && call.owners().isEmpty();
  }

  /** Returns until when to wait for a call that has not arrived before the response. */
  long lateDeadline() {
    return Timing.in(settings.settle, 1, profile().callsAfterResponse() ? 1 : 10);
  }

  /** Returns whether no request whose values a call carries has made more calls than usual. */
  boolean isExpected(Call call) {
    Set<Integer> owners = call.owners();
    return owners.stream()
        .map(requests::get)
        .allMatch(request -> request != null && request.calls().size() <= profile().mostCalls());
  }

  @Override
  public void close() {
    sender.close();
  }
}
