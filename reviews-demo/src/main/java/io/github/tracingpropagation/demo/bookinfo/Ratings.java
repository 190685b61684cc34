// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ratings of products as JSON, with bookinfo's fault modes. Threads may share it. */
final class Ratings {
  /** Beyond this the oldest product is evicted: 16 MB of bodies, each of the largest size. */
  static final int MAX_PRODUCTS = (16 << 20) / RatingsServlet.MAX_BODY_BYTES;

  private static final String DEFAULT = "{\"Reviewer1\":5,\"Reviewer2\":4}";
  private static final Duration DELAY = Duration.ofSeconds(7);
  private static final List<String> FAULT_MODES =
      List.of("v-faulty", "v-delayed", "v-unavailable", "v-unhealthy");

  /** As text: parsed, 64 KB of {@code [{},{},...]} would take 2 MB. */
  private final Map<BigInteger, String> posted = Collections.synchronizedMap(new LinkedHashMap<>());

  private final String version;
  private final BooleanSupplier random;
  private final InstantSource time;
  private final Instant start;
  private final Consumer<Duration> sleep;

  /** Creates ratings with the fault mode that {@code SERVICE_VERSION} names, if any. */
  Ratings(Environment environment) {
    this(
        environment,
        () -> ThreadLocalRandom.current().nextBoolean(),
        InstantSource.system(),
        duration -> LockSupport.parkNanos(duration.toNanos()));
  }

  /** For tests. It is now the start of the first period, which has no faults. */
  Ratings(
      Environment environment,
      BooleanSupplier random,
      InstantSource time,
      Consumer<Duration> sleep) {
    this.version = environment.text("SERVICE_VERSION", "v1");
    Environment.allow(
        version.matches("v([^-].*)?") || FAULT_MODES.contains(version),
        "SERVICE_VERSION",
        version,
        "v1 and the like, " + String.join(", ", FAULT_MODES));
    this.random = random;
    this.time = time;
    this.start = time.instant();
    this.sleep = sleep;
  }

  boolean isHealthy() {
    return !version.equals("v-unhealthy") || !isInOddPeriod(Duration.ofMinutes(15));
  }

  /** Returns the ratings of a product, or null if a fault mode makes them unavailable. */
  @Nullable String get(BigInteger id) {
    boolean isUnavailable =
        switch (version) {
          case "v-faulty" -> random.getAsBoolean();
          case "v-unavailable" -> isInOddPeriod(Duration.ofMinutes(1));
          default -> !isHealthy();
        };
    if (isUnavailable) {
      return null;
    }
    boolean isLate = version.equals("v-delayed") && random.getAsBoolean();
    sleep.accept(isLate ? DELAY : Duration.ZERO);
    return posted.getOrDefault(id, DEFAULT);
  }

  private boolean isInOddPeriod(Duration period) {
    return Duration.between(start, time.instant()).dividedBy(period) % 2 == 1;
  }

  /** Stores the ratings of a product, and returns them; throws if they are not JSON. */
  String post(BigInteger id, byte[] json) throws IOException {
    String ratings = Json.read(json).toString();
    synchronized (posted) {
      posted.remove(id); // so that it becomes the newest
      posted.put(id, ratings);
      if (posted.size() > MAX_PRODUCTS) {
        posted.remove(posted.keySet().iterator().next());
      }
    }
    return ratings;
  }
}
