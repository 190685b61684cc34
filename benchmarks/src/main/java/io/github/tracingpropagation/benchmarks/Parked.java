// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a server's heap held before, while and after many requests were parked in it.
 *
 * @param requests how many
 * @param idle before
 * @param parked while
 * @param after they are answered, over a connection that is still open
 */
record Parked(int requests, Retained idle, Retained parked, Retained after) {
  private static final List<String> OPTIONS =
      List.of("-Xms4g", "-Xmx4g", "-XX:+UseSerialGC"); // tells what it holds to the byte

  /** How often to look once more: a server tidies up after its client has the response. */
  private static final int LOOKS = 10;

  static Parked measure(Variant variant, Arrival arrival, int requests) throws IOException {
    Map<String, String> headers = arrival.headers();
    try (Child server = Child.start(OPTIONS, "parking", variant.name());
        Streams client = new Streams(server.port())) {
      int warmUp = Math.max(100, requests / 10);
      park(server, client, headers, warmUp);
      complete(server, client, warmUp);
      Retained idle = after(server);
      park(server, client, headers, requests);
      Retained parked = look(server);
      complete(server, client, requests);
      return new Parked(requests, idle, parked, after(server));
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

  private static Retained after(Child server) throws IOException {
    Retained retained = look(server);
    for (int i = 1; i < LOOKS && retained.snapshots() + retained.wrappers() > 0; i++) {
      retained = look(server);
    }
    return retained;
  }

  private static Retained look(Child server) throws IOException {
    return Retained.parse(server.ask("measure"));
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
    if (after.snapshots() + after.wrappers() > 0) {
      throw new IOException(
          "%d snapshots and %d wrappers are left after the requests"
              .formatted(after.snapshots(), after.wrappers()));
    }
  }
}
