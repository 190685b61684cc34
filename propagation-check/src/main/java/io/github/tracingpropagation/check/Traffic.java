// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The calls that have arrived, and how they are answered. Threads may share it. */
final class Traffic {
  /** Decides on the answer of a call; may block, which holds the call. */
  interface Responder {
    Reply reply(Call call) throws InterruptedException;
  }

  private final SentValues sent = new SentValues();
  private final Responder normal;
  private final List<Call> calls = new ArrayList<>();
  private volatile Responder responder;
  private volatile boolean http2;

  Traffic(Reply answer) {
    this.normal = call -> answer;
    this.responder = normal;
  }

  SentValues sent() {
    return sent;
  }

  /** Sets how calls are answered until {@link #respondNormally()}. */
  void respond(Responder with) {
    responder = with;
  }

  void respondNormally() {
    responder = normal;
  }

  Reply normalReply(Call call) throws InterruptedException {
    return normal.reply(call);
  }

  Reply arrived(Call call) throws InterruptedException {
    synchronized (calls) {
      calls.add(call);
      calls.notifyAll();
    }
    return responder.reply(call);
  }

  void arrivedInHttp2() {
    http2 = true;
  }

  boolean isHttp2() {
    return http2;
  }

  /** Returns the calls since the last time, and forgets them. */
  List<Call> take() {
    synchronized (calls) {
      List<Call> taken = List.copyOf(calls);
      calls.clear();
      return taken;
    }
  }

  /** Waits until this many calls have arrived, or for the time given; returns how many have. */
  int await(int count, long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    synchronized (calls) {
      for (long left = millis; calls.size() < count && left > 0; ) {
        calls.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
      return calls.size();
    }
  }

  /** Waits until this many calls have arrived, or none has for the time given. */
  void awaitAll(int count, long millis) throws InterruptedException {
    int before;
    int now = await(0, 0);
    do {
      before = now;
      now = await(Math.min(count, before + 1), millis);
    } while (now > before && now < count);
  }

  /** Waits until no call has arrived for a while. */
  void awaitQuiet(long millis) throws InterruptedException {
    int before;
    int now = await(0, 0);
    do {
      before = now;
      now = await(before + 1, millis);
    } while (now > before);
  }
}
