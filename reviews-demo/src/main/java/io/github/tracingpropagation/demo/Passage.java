// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One request on its way through both services.
 *
 * @param reviews what came to reviews
 * @param ratings what came to ratings, hence what went out of reviews
 */
record Passage(Scenario scenario, ServedRequest reviews, ServedRequest ratings) {
  private static final Collection<String> TRACING = TracingPropagation.create().fields();

  /** A header, with the values that arrived at each hop, usually one. */
  record Header(String name, List<String> sent, List<String> atReviews, List<String> atRatings) {
    boolean isUnchanged() {
      return atRatings.equals(sent);
    }
  }

  /** Returns what was sent, and what else arrived of these names. */
  List<Header> headers() {
    Set<String> names = new LinkedHashSet<>(scenario.headers().keySet());
    for (String name : TRACING) {
      if (reviews.headers().containsKey(name) || ratings.headers().containsKey(name)) {
        names.add(name);
      }
    }
    List<Header> headers = new ArrayList<>();
    for (String name : names) {
      String sent = scenario.headers().get(name);
      headers.add(
          new Header(
              name,
              sent == null ? List.of() : List.of(sent),
              reviews.headers().getOrDefault(name, List.of()),
              ratings.headers().getOrDefault(name, List.of())));
    }
    return headers;
  }

  /** Whether the request went through, and ratings got what was sent and nothing else. */
  boolean isUnchanged() {
    return reviews.status() == 200
        && ratings.status() == 200
        && headers().stream().allMatch(Header::isUnchanged);
  }
}
