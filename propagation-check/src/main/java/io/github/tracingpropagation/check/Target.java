// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The service under test: what is known of it, and the calls that each request causes. */
final class Target implements AutoCloseable {
  /** How long a call is held to learn whether the service waits for it. */
  private static final long PATIENCE_MILLIS = 2000;

  /** A service that waits for less than this, or not at all, is not held up under load. */
  private static final long LEAST_PATIENCE_MILLIS = 300;

  private static final long QUIET_MILLIS = 400;
  private static final long LATE_MILLIS = 1000;

  private final Settings settings;
  private final Traffic traffic;
  private final Requests requests;
  private long patienceMillis;
  private boolean confirmed;
  private boolean steady;
  private int callsPerRequest = 1;
  private int callsAtOnce = Integer.MAX_VALUE;

  Target(Settings settings, Traffic traffic, String uri) {
    this.settings = settings;
    this.traffic = traffic;
    this.requests = new Requests(settings, traffic.sent(), uri);
  }

  Settings settings() {
    return settings;
  }

  Traffic traffic() {
    return traffic;
  }

  Requests requests() {
    return requests;
  }

  /** Returns whether the service answers only after its call was answered. */
  boolean waits() {
    return patienceMillis >= LEAST_PATIENCE_MILLIS;
  }

  /** Returns for how long the service is known to wait for the answer of a call. */
  long patienceMillis() {
    return patienceMillis;
  }

  /** Returns whether the service waits under load too; finds it out the first time. */
  boolean confirmsToWait() throws InterruptedException {
    if (!confirmed) {
      confirmed = true;
      if (!new Patience(this).holds(settings.concurrency())) {
        patienceMillis = 0;
      }
    }
    return waits();
  }

  /** Returns whether each request caused the same number of calls. */
  boolean isSteady() {
    return steady;
  }

  int callsPerRequest() {
    return callsPerRequest;
  }

  /** Returns how many calls the service makes at once, as far as is known. */
  int callsAtOnce() {
    return callsAtOnce;
  }

  /** Sets how many calls have arrived while all were held; one alone may be chance. */
  void callsAtOnce(int calls) {
    callsAtOnce = Math.max(2, calls);
  }

  /** Sends a few requests, to learn how the service calls; returns what they led to. */
  List<Answer> calibrate(Probe first, Probe second, Probe third) throws InterruptedException {
    Answer held = holdFirstCall(first);
    if (held.status() == 0 && held.calls().isEmpty()) {
      return List.of(held); // The service is not there.
    }
    Answer one = settle(second);
    Answer two = settle(third);
    steady = one.calls().size() == two.calls().size();
    callsPerRequest = Math.max(1, Math.min(one.calls().size(), two.calls().size()));
    return List.of(held, one, two);
  }

  private Answer holdFirstCall(Probe probe) throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    traffic.respond(
        call -> {
          release.await();
          return traffic.normalReply(call);
        });
    traffic.take();
    int number = requests.number(probe);
    Future<Integer> response = requests.send(number, probe);
    try {
      if (traffic.await(1, settings.timeout().toMillis()) > 0) {
        patienceMillis = millisUntilDone(response);
      }
    } finally {
      traffic.respondNormally();
      release.countDown();
    }
    int status = Requests.status(response);
    traffic.awaitQuiet(QUIET_MILLIS);
    return new Answer(number, probe, status, traffic.take());
  }

  private long millisUntilDone(Future<Integer> response) throws InterruptedException {
    long start = System.nanoTime();
    long most = Math.min(PATIENCE_MILLIS, settings.timeout().toMillis() / 2);
    try {
      response.get(most, TimeUnit.MILLISECONDS);
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    } catch (TimeoutException e) {
      return most;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Answer settle(Probe probe) throws InterruptedException {
    traffic.take();
    int number = requests.number(probe);
    int status = Requests.status(requests.send(number, probe));
    traffic.await(1, settings.timeout().toMillis());
    traffic.awaitQuiet(QUIET_MILLIS);
    return new Answer(number, probe, status, withoutLateCalls(number, traffic.take()));
  }

  /** Sends a request and waits for its calls. */
  Answer ask(Probe probe) throws InterruptedException {
    traffic.take();
    int number = requests.number(probe);
    int status = Requests.status(requests.send(number, probe));
    traffic.await(callsPerRequest, lateMillis(status != 0));
    if (!waits()) {
      traffic.awaitQuiet(QUIET_MILLIS / 4);
    }
    return new Answer(number, probe, status, withoutLateCalls(number, traffic.take()));
  }

  /** Sends a request whose first call gets another reply; waits for what follows. */
  Answer ask(Probe probe, Traffic.Responder firstReply) throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    traffic.respond(
        call -> calls.getAndIncrement() == 0 ? firstReply.reply(call) : traffic.normalReply(call));
    try {
      return settle(probe);
    } finally {
      traffic.respondNormally();
    }
  }

  /** Returns how long a call may come after the response, or after the time-out of it. */
  long lateMillis(boolean answered) {
    long timeout = settings.timeout().toMillis();
    return waits() && answered ? Math.min(LATE_MILLIS, timeout) : timeout;
  }

  /** More calls than expected: those with an earlier request's values were late. */
  private List<Call> withoutLateCalls(int number, List<Call> calls) {
    if (calls.size() <= callsPerRequest) {
      return calls;
    }
    return calls.stream()
        .filter(call -> call.owners().isEmpty() || call.owners().contains(number))
        .toList();
  }

  @Override
  public void close() {
    requests.close();
  }
}
