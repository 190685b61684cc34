// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * The calls of a wave that wait for their answers. Each thread of a listener holds its call; the
 * thread of the wave adds, releases and counts them.
 */
final class HeldCalls {
  private final List<Held> held = new ArrayList<>();
  private final Set<Integer> released = new HashSet<>();
  private final Queue<Held> everHeld = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  /**
   * A call that waits for its answer.
   *
   * @param owner the request whose headers it carries, or {@link ArrivedHeader#NOBODY}
   */
  record Held(int owner, CountDownLatch latch) {}

  /** Waits until the call is released; passes it on before, for {@link #add}. */
  void hold(Call call, Consumer<Held> arrived) throws InterruptedException {
    int owner = call.owners().stream().findFirst().orElse(ArrivedHeader.NOBODY);
    Held waiting = new Held(owner, new CountDownLatch(1));
    everHeld.add(waiting);
    arrived.accept(waiting);
    if (!ended) {
      waiting.latch().await();
    }
  }

  void add(Held call) {
    held.add(call);
  }

  int size() {
    return held.size();
  }

  /** Calls without headers come last: whose they are shows less than whose the others are. */
  int nextOwner() {
    return held.stream()
        .mapToInt(Held::owner)
        .filter(owner -> owner != ArrivedHeader.NOBODY)
        .findFirst()
        .orElse(ArrivedHeader.NOBODY);
  }

  /** Releases the calls of a request; returns how many without headers were released. */
  int release(int owner) {
    released.add(owner);
    int bare = releaseFurther();
    if (owner == ArrivedHeader.NOBODY) {
      released.remove(owner); // Those that come later are held again.
    }
    return bare;
  }

  /** Releases those that came later of requests whose calls were released. */
  int releaseFurther() {
    List<Held> now = held.stream().filter(call -> isReleased(call.owner())).toList();
    held.removeAll(now);
    now.forEach(call -> call.latch().countDown());
    return (int) now.stream().filter(call -> call.owner() == ArrivedHeader.NOBODY).count();
  }

  boolean isReleased(int owner) {
    return released.contains(owner);
  }

  /** Releases all calls, and holds none any more. */
  void end() {
    ended = true;
    everHeld.forEach(call -> call.latch().countDown());
  }
}
