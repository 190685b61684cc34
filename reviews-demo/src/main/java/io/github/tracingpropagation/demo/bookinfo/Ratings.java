// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ratings of products as JSON, with bookinfo's fault modes. Threads may share it. */
final class Ratings {
  /** Beyond this the oldest product is evicted: 16 MB of bodies, each of the largest size. */
  static final int MAX_PRODUCTS = (16 << 20) / RatingsServlet.MAX_BODY_BYTES;

  private static final String DEFAULT = "{\"Reviewer1\":5,\"Reviewer2\":4}";

  /** Sleeps; tests record the durations instead. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /** As text: parsed, 64 KB of {@code [{},{},...]} would take 2 MB. */
  private final Map<BigInteger, String> posted =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<BigInteger, String> eldest) {
              return size() > MAX_PRODUCTS;
            }
          });

  private final Faults faults;
  private final Sleeper sleeper;

  Ratings(Faults faults, Sleeper sleeper) {
    this.faults = faults;
    this.sleeper = sleeper;
  }

  boolean isHealthy() {
    return faults.isHealthy();
  }

  /** Returns the ratings of a product, or null if a fault mode makes them unavailable. */
  @Nullable String get(BigInteger id) throws IOException {
    if (faults.isUnavailable()) {
      return null;
    }
    try {
      sleeper.sleep(faults.delay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    return posted.getOrDefault(id, DEFAULT);
  }

  /**
   * Stores the ratings of a product, and returns them.
   *
   * @throws IOException if they are not JSON
   */
  String post(BigInteger id, byte[] json) throws IOException {
    String ratings = Json.read(json).toString();
    posted.remove(id); // so that it becomes the newest
    posted.put(id, ratings);
    return ratings;
  }
}
