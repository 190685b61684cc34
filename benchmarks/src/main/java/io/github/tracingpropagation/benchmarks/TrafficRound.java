// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The service in each variant, and ratings, each a fresh process: a JIT compiler does not do the
 * same twice.
 */
final class TrafficRound implements AutoCloseable {
  private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m");

  /** After so long without a method more, the JIT compilers have no more to do. */
  private static final Duration REST = Duration.ofMillis(200);

  /** How often that is looked for at most. */
  private static final int LOOKS = 100;

  private final List<Child> children = new ArrayList<>();
  private final Child ratings;
  private final Map<Variant, Child> reviews = new EnumMap<>(Variant.class);

  /**
   * Starts them.
   *
   * @throws IOException if one does not start, or does not forward what it should
   */
  TrafficRound() throws IOException {
    try {
      ratings = start("ratings");
      for (Variant variant : Variant.values()) {
        String ratingsPort = Integer.toString(ratings.port());
        reviews.put(variant, start("reviews", variant.name(), ratingsPort));
      }
      checkHeaders();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Loads one of the services for a while.
   *
   * @return the slice, with its failures
   * @throws IOException if without any failure ratings did not get each request, or not with
   *     headers that it should have
   */
  Slice run(Variant variant, int connections, Duration duration) throws IOException {
    List<Long> before = counts();
    Slice slice = Slice.run(port(variant), connections, duration);
    List<Long> after = counts();
    long requests = after.get(0) - before.get(0);
    long traced = after.get(1) - before.get(1);
    long expected = variant.forwards() ? slice.requests() : 0;
    if (slice.failures().isEmpty() && (requests != slice.requests() || traced != expected)) {
      throw new IOException(
          "%d requests to the service %s: ratings got %d, of which %d have a trace"
              .formatted(slice.requests(), variant, requests, traced));
    }
    return slice;
  }

  /** Returns the milliseconds that the service's JIT compilers have taken so far. */
  long compiledMillis(Variant variant) throws IOException {
    return compiledMillis(service(variant));
  }

  /**
   * Lets the JIT compilers catch up. Under load they get little of the processors, and would still
   * be at it, some services' more than others', when the measuring is over.
   */
  void rest() throws IOException {
    long before = -1;
    for (int i = 0; i < LOOKS; i++) {
      long now = 0;
      for (Child child : children) {
        now += compiledMillis(child);
      }
      if (now == before) {
        return;
      }
      before = now;
      LockSupport.parkNanos(REST.toNanos());
    }
  }

  @Override
  public void close() {
    children.forEach(Child::close);
  }

  private Child start(String... args) throws IOException {
    Child child = Child.start(OPTIONS, args);
    children.add(child);
    return child;
  }

  private static long compiledMillis(Child child) throws IOException {
    return Long.parseLong(child.ask(ChildMain.COMPILED));
  }

  private void checkHeaders() throws IOException {
    byte[] request = Headers.request(Ratings.HEADERS_PATH, Arrival.TYPICAL.headers());
    String all =
        Headers.ZIPKIN.entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .collect(Collectors.joining("\n"));
    for (Variant variant : Variant.values()) {
      try (KeptAlive connection = new KeptAlive(port(variant), request)) {
        String forwarded = connection.get();
        if (!forwarded.equals(variant.forwards() ? all : "")) {
          throw new IOException("the service " + variant + " forwards these headers: " + forwarded);
        }
      }
    }
  }

  private int port(Variant variant) {
    return service(variant).port();
  }

  private Child service(Variant variant) {
    return requireNonNull(reviews.get(variant));
  }

  private List<Long> counts() throws IOException {
    String[] counts = ratings.ask("counts").split(" ", 2);
    return List.of(Long.valueOf(counts[0]), Long.valueOf(counts[1]));
  }
}
