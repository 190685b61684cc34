// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** The service under test: sends requests to it and gathers the calls that each one causes. */
final class Target implements AutoCloseable {
  /** How long a call may be held before the service's own time-outs could matter. */
  static final long HOLD_MILLIS = 1000;

  /** Stands in a URI for the number of the request. */
  static final String NUMBER = "{n}";

  private static final long QUIET_MILLIS = 400;
  private static final long LATE_MILLIS = 1000;

  private final Settings settings;
  private final Traffic traffic;
  private final String uri;
  private final ExecutorService threads = Executors.newCachedThreadPool(Target::daemon);
  private final AtomicInteger requests = new AtomicInteger(Call.FIRST_NUMBER);
  private boolean waits;
  private boolean steady;
  private int callsPerRequest = 1;
  private int callsAtOnce = Integer.MAX_VALUE;

  Target(Settings settings, Traffic traffic, String uri) {
    this.settings = settings;
    this.traffic = traffic;
    this.uri = uri;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "propagation-check-request");
    thread.setDaemon(true);
    return thread;
  }

  Settings settings() {
    return settings;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Returns whether the service answers only after its call was answered. */
  boolean waits() {
    return waits;
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
    int number = number(probe);
    Future<Integer> response = send(number, probe);
    try {
      if (traffic.await(1, settings.timeout().toMillis()) > 0) {
        waits = !isDone(response, HOLD_MILLIS);
      }
    } finally {
      traffic.respondNormally();
      release.countDown();
    }
    int status = status(response);
    traffic.awaitQuiet(QUIET_MILLIS);
    return new Answer(number, probe, status, traffic.take());
  }

  private Answer settle(Probe probe) throws InterruptedException {
    traffic.take();
    int number = number(probe);
    int status = status(send(number, probe));
    traffic.await(1, settings.timeout().toMillis());
    traffic.awaitQuiet(QUIET_MILLIS);
    return new Answer(number, probe, status, traffic.take());
  }

  /** Sends a request and waits for its calls. */
  Answer ask(Probe probe) throws InterruptedException {
    traffic.take();
    int number = number(probe);
    int status = status(send(number, probe));
    traffic.await(callsPerRequest, lateMillis());
    if (!waits) {
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

  /** Returns how long a call may come after the response. */
  long lateMillis() {
    long timeout = settings.timeout().toMillis();
    return waits ? Math.min(LATE_MILLIS, timeout) : timeout;
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

  /** Returns a number for a request, after which its values are known. */
  int number(Probe probe) {
    int number = requests.getAndIncrement();
    traffic.sent().add(number, probe);
    return number;
  }

  /** Sends a request on a thread of its own; its result is the status, or 0. */
  Future<Integer> send(int number, Probe probe) {
    return threads.submit(() -> statusOf(number, probe));
  }

  /** Sends a request on a thread of its own, and hands over the status, or 0. */
  void send(int number, Probe probe, IntConsumer status) {
    threads.execute(() -> status.accept(statusOf(number, probe)));
  }

  private int statusOf(int number, Probe probe) {
    URI target = URI.create(uri.replace(NUMBER, Integer.toString(number)));
    try {
      return RawRequest.send(target, probe.in(), settings.timeout());
    } catch (IOException | RuntimeException e) {
      return 0; // reported as "did not answer"
    }
  }

  private static int status(Future<Integer> response) throws InterruptedException {
    try {
      return response.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static boolean isDone(Future<Integer> response, long millis) throws InterruptedException {
    try {
      response.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
