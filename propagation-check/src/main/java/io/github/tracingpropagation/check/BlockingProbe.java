// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Checks that the service blocks on its calls under load, too. A service that responds after a
 * varying time, or that retries, would otherwise seem to mix headers.
 */
final class BlockingProbe {
  private BlockingProbe() {}

  /** Holds the calls of so many requests; returns whether the service waits for the answers. */
  static boolean blocks(ServiceUnderTest service, int count) throws InterruptedException {
    CallProfile profile = service.profile();
    List<Events.HeldCall> held = new ArrayList<>();
    long deadline = Timing.in(profile.callTimeout(), 3, 4);
    List<SentRequest> requests =
        IntStream.range(0, count).mapToObj(i -> service.send(Probe.shaped(i), false)).toList();
    boolean blocks = true;
    Events.Event event = service.next(deadline);
    while (event != null) {
      if (event.call() != null) {
        held.add(event.call());
      }
      blocks &= event.call() != null && held.size() <= count * profile.callsWhileHeld();
      event = service.next(deadline);
    }
    held.forEach(service::answer);
    while (!requests.stream().allMatch(SentRequest::isEnded)) {
      Events.Event more = service.next(Long.MAX_VALUE);
      if (more != null && more.call() != null) {
        service.answer(more.call());
      }
    }
    return blocks;
  }
}
