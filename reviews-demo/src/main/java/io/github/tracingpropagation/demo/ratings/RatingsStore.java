// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.ratings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.tracingpropagation.demo.service.Json;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** The posted ratings, in memory. Threads may share it. */
final class RatingsStore {
  /** Beyond this the oldest product is evicted, so that clients cannot exhaust the memory. */
  static final int MAX_PRODUCTS = 1000;

  /** Beyond this the oldest products are evicted. */
  static final int MAX_BYTES = 16 << 20;

  private static final Map<String, Integer> DEFAULT = new LinkedHashMap<>();

  static {
    DEFAULT.put("Reviewer1", 5);
    DEFAULT.put("Reviewer2", 4);
  }

  /** The ratings of one product; record components are the JSON's keys, in this order. */
  record ProductRatings(BigInteger id, Object ratings) {}

  /** As text: parsed, 64 KB of {@code [{},{},...]} would take 2 MB. */
  private final Map<BigInteger, String> posted = new LinkedHashMap<>();

  private int bytes;

  synchronized ProductRatings get(BigInteger id) {
    String ratings = posted.get(id);
    return new ProductRatings(id, ratings == null ? DEFAULT : new RawValue(ratings));
  }

  synchronized ProductRatings put(BigInteger id, JsonNode ratings) {
    remove(id);
    String text = Json.text(ratings);
    posted.put(id, text);
    bytes += size(id, text);
    while (bytes > MAX_BYTES || posted.size() > MAX_PRODUCTS) {
      remove(posted.keySet().iterator().next());
    }
    return new ProductRatings(id, new RawValue(text));
  }

  private void remove(BigInteger id) {
    String text = posted.remove(id);
    if (text != null) {
      bytes -= size(id, text);
    }
  }

  /** Returns an upper bound: Java keeps ASCII in one byte a char. */
  private static int size(BigInteger id, String text) {
    return id.bitLength() / Byte.SIZE + 2 * text.length();
  }
}
