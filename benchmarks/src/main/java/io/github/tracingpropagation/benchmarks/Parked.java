// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a server's heap held before, while and after many requests were parked in it.
 *
 * @param requests how many
 * @param idle before, without a connection
 * @param parked while
 * @param answered after they are answered, over a connection that is still open
 * @param after without a connection again
 */
record Parked(int requests, Retained idle, Retained parked, Retained answered, Retained after) {
  /** Such a collector tells what is held to the byte; how good the code is does not matter. */
  private static final List<String> OPTIONS =
      List.of("-Xms4g", "-Xmx4g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Enough to load the classes, and to start the threads. */
  private static final int WARM_UP = 100;

  /** What may be left of all requests, in bytes: caches grow. */
  private static final int A_LITTLE = 2_000_000;

  /** How long to look at most: a server tidies up after its client has the response. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Parked measure(Variant variant, Arrival arrival, int requests) throws IOException {
    Map<String, String> headers = arrival.headers();
    try (Child server = Child.start(OPTIONS, "parking", variant.name())) {
      try (Streams client = new Streams(server.port())) {
        park(server, client, headers, WARM_UP);
        complete(server, client, WARM_UP);
      }
      Retained idle = settled(server);
      Retained parked;
      Retained answered;
      try (Streams client = new Streams(server.port())) {
        park(server, client, headers, requests);
        parked = settled(server);
        complete(server, client, requests);
        answered = look(server, now -> now.snapshots() + now.wrappers() == 0);
      }
      knock(server);
      Retained after = look(server, now -> now.bytes() < idle.bytes() + A_LITTLE);
      return new Parked(requests, idle, parked, answered, after);
    }
  }

  /**
   * Connects to each of the server's selectors, of which an idle one remembers the last connection
   * that it did something for, with all that is behind it: Jetty's {@code ManagedSelector}.
   */
  private static void knock(Child server) throws IOException {
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      new Streams(server.port()).close();
    }
  }

  private static void park(Child server, Streams client, Map<String, String> headers, int requests)
      throws IOException {
    client.send(headers, requests);
    server.ask(Integer.toString(requests));
  }

  /** Reads the responses while they are made: a server may wait for that. */
  private static void complete(Child server, Streams client, int requests) throws IOException {
    server.tell("complete");
    client.receive(requests);
    server.answer();
  }

  /** Looks until two looks in a row differ by less than a thousandth. */
  private static Retained settled(Child server) throws IOException {
    long[] before = {0};
    return look(
        server,
        now -> {
          long change = now.bytes() - before[0];
          before[0] = now.bytes();
          return Math.abs(change) < now.bytes() / 1_000;
        });
  }

  /** Looks until it is as it should be, or for the last time. */
  private static Retained look(Child server, Predicate<Retained> enough) throws IOException {
    long start = System.nanoTime();
    Retained now = Retained.parse(server.ask("measure"));
    while (!enough.test(now) && System.nanoTime() - start < PATIENCE.toNanos()) {
      now = Retained.parse(server.ask("measure"));
    }
    return now;
  }

  double bytesPerRequest() {
    return (parked.bytes() - idle.bytes()) / (double) requests;
  }

  /**
   * Counts.
   *
   * @throws IOException if a parked request has no snapshot of its own, or something outlives it
   */
  void check(Variant variant) throws IOException {
    if (parked.snapshots() != (variant == Variant.WITH ? requests : 0)) {
      throw new IOException(
          "%d requests parked %s the library have %d snapshots"
              .formatted(requests, variant, parked.snapshots()));
    }
    if (answered.snapshots() + answered.wrappers() > 0) {
      throw new IOException(
          "%d snapshots and %d wrappers outlive %d requests"
              .formatted(answered.snapshots(), answered.wrappers(), requests));
    }
    if (after.bytes() >= idle.bytes() + A_LITTLE) {
      throw new IOException(
          "%d bytes before %d requests, %d while they were parked, and still %d after"
              .formatted(idle.bytes(), requests, parked.bytes(), after.bytes()));
    }
  }
}
