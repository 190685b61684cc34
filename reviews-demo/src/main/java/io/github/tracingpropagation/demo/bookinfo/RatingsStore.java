// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** The posted ratings, in memory. Threads may share it. */
final class RatingsStore {
  /** Beyond this the oldest product is evicted: 16 MB of bodies, each of the largest size. */
  static final int MAX_PRODUCTS = (16 << 20) / RatingsServlet.MAX_BODY_BYTES;

  private static final RawValue DEFAULT = new RawValue("{\"Reviewer1\":5,\"Reviewer2\":4}");

  /** The ratings of one product; record components are the JSON's keys, in this order. */
  record ProductRatings(BigInteger id, RawValue ratings) {}

  /** As text: parsed, 64 KB of {@code [{},{},...]} would take 2 MB. */
  private final Map<BigInteger, RawValue> posted = new LinkedHashMap<>();

  synchronized ProductRatings get(BigInteger id) {
    return new ProductRatings(id, posted.getOrDefault(id, DEFAULT));
  }

  synchronized ProductRatings put(BigInteger id, JsonNode ratings) {
    posted.remove(id); // so that it becomes the newest
    posted.put(id, new RawValue(Json.text(ratings)));
    if (posted.size() > MAX_PRODUCTS) {
      posted.remove(posted.keySet().iterator().next());
    }
    return get(id);
  }
}
