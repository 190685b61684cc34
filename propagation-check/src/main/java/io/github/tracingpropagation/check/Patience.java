// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Confirms under load that the service waits for its calls. Without it, a service that answers
 * after a varying time whatever its call does would seem to exchange headers.
 */
final class Patience {
  private final Target target;

  Patience(Target target) {
    this.target = target;
  }

  /** Holds all calls of some requests; returns whether no request is answered meanwhile. */
  boolean holds(int count) throws InterruptedException {
    Traffic traffic = target.traffic();
    traffic.take();
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    traffic.respond(
        call -> {
          release.await();
          return traffic.normalReply(call);
        });
    int answered = 0;
    try {
      for (int i = 0; i < count; i++) {
        Probe probe = Probe.unique();
        target.requests().send(target.requests().number(probe), probe, statuses::add);
      }
      traffic.await(1, target.settings().timeout().toMillis());
      Integer early = statuses.poll(target.patienceMillis() * 3 / 4, TimeUnit.MILLISECONDS);
      answered = early == null ? 0 : 1;
    } finally {
      traffic.respondNormally();
      release.countDown();
    }
    for (int i = answered; i < count; i++) {
      statuses.take(); // at the time-out of a request at the latest
    }
    traffic.awaitAll(count * target.callsPerRequest(), target.lateMillis(true));
    traffic.take();
    return answered == 0;
  }
}
