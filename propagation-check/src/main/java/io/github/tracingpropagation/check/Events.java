// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Queue of what happens at both ends of the service: a call arrives, or a request ends. Listeners
 * and senders add events; the one thread that checks takes them, and answers the calls.
 */
final class Events {
  /** Either a call, or the number and the status of a request that has ended. */
  record Event(@Nullable HeldCall call, int request, int status) {}

  /** A call that waits for its response. */
  record HeldCall(Call call, CompletableFuture<StubResponse> response) {
    void answer(StubResponse with) {
      response.complete(with);
    }
  }

  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  private final Set<CompletableFuture<StubResponse>> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean open;
  private volatile @Nullable String unsupported;

  /** Starts to hold calls until they are answered. */
  void open() {
    queue.clear();
    open = true;
  }

  /** Answers all calls that wait, and from now on each call when it arrives. */
  void close(StubResponse with) {
    open = false;
    waiting.forEach(response -> response.complete(with));
  }

  /** Adds a call; returns its response, which the check gives when it wants. */
  @SuppressWarnings("CollectionUndefinedEquality") // by identity
  CompletableFuture<StubResponse> arrived(Call call, StubResponse otherwise) {
    HeldCall held = new HeldCall(call, new CompletableFuture<>());
    waiting.add(held.response());
    if (open) {
      queue.add(new Event(held, ArrivedHeader.NOBODY, 0));
    }
    if (!open) {
      held.answer(otherwise); // Maybe closed meanwhile; the first answer counts.
    }
    return held.response().whenComplete((response, none) -> waiting.remove(held.response()));
  }

  void ended(int request, int status) {
    queue.add(new Event(null, request, status));
  }

  /** Notes that a call came in a way that cannot be checked. */
  void unsupported(String way) {
    unsupported = way;
  }

  @Nullable String unsupported() {
    return unsupported;
  }

  /** Returns the next event, or null if none comes before {@link System#nanoTime} is this. */
  @Nullable Event next(long deadline) throws InterruptedException {
    return queue.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
