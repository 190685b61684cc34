// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.ratings;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** The posted ratings, in memory. Threads may share it. */
final class RatingsStore {
  /** Beyond this the oldest product is evicted, so that clients cannot exhaust the memory. */
  static final int MAX_PRODUCTS = 1000;

  private static final Map<String, Integer> DEFAULT = new LinkedHashMap<>();

  static {
    DEFAULT.put("Reviewer1", 5);
    DEFAULT.put("Reviewer2", 4);
  }

  /** The ratings of one product; record components are the JSON's keys, in this order. */
  record ProductRatings(BigInteger id, Object ratings) {}

  private final Map<BigInteger, JsonNode> posted =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, JsonNode> eldest) {
          return size() > MAX_PRODUCTS;
        }
      };

  synchronized ProductRatings get(BigInteger id) {
    JsonNode ratings = posted.get(id);
    return new ProductRatings(id, ratings == null ? DEFAULT : ratings);
  }

  synchronized ProductRatings put(BigInteger id, JsonNode ratings) {
    posted.put(id, ratings);
    return new ProductRatings(id, ratings);
  }
}
