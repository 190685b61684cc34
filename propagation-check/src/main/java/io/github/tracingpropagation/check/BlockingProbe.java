// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Confirms under load that the service does nothing of itself while its calls are held. Without it,
 * a service that answers after a varying time, or that calls again, would seem to mix headers.
 */
final class BlockingProbe {
  private final ServiceUnderTest service;

  BlockingProbe(ServiceUnderTest service) {
    this.service = service;
  }

  /** Holds all calls of some requests; returns whether the service waits for them. */
  boolean waits(int count) throws InterruptedException {
    CallProfile profile = service.profile();
    List<Events.HeldCall> held = new ArrayList<>();
    long deadline = Timing.in(profile.patience(), 3, 4);
    List<SentRequest> requests =
        IntStream.range(0, count).mapToObj(i -> service.send(Probe.shaped(i), false)).toList();
    boolean waits = true;
    Events.Event event = service.next(deadline);
    while (event != null) {
      if (event.call() != null) {
        held.add(event.call());
      }
      waits &= event.call() != null && held.size() <= count * profile.callsWhileHeld();
      event = service.next(deadline);
    }
    held.forEach(service::answer);
    while (!requests.stream().allMatch(SentRequest::isEnded)) {
      Events.Event more = service.next(Long.MAX_VALUE);
      if (more != null && more.call() != null) {
        service.answer(more.call());
      }
    }
    return waits;
  }
}
