// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.util.stream.Collectors.toSet;

import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.Stream;

/** The requests at each hop, in the order of their arrival. Threads may share it. */
public final class Hops {
  private static final Collection<String> TRACING = TracingPropagation.create().fields();

  /** More than a step has; then the mesh may serve without end. */
  private static final int CAPACITY = 20_000;

  final Deque<RequestHeaders> intoReviews = new LinkedBlockingDeque<>(CAPACITY);
  final Deque<RequestHeaders> outOfReviews = new LinkedBlockingDeque<>(CAPACITY);
  final Deque<RequestHeaders> intoRatings = new LinkedBlockingDeque<>(CAPACITY);

  /**
   * Returns how many spans of the requests so far there must be: the gateway reports two for each
   * request, each other proxy one.
   */
  public long spans() {
    return 3 * sampled(intoReviews) + 2 * sampled(intoRatings);
  }

  private static long sampled(Collection<RequestHeaders> requests) {
    return requests.stream().filter(it -> it.get("x-b3-sampled", "0").equals("1")).count();
  }

  /** Returns the number of requests that had the same ids when they arrived at both services. */
  public int continued(Tracer tracer) {
    Set<String> ids = ids(tracer, intoReviews);
    ids.retainAll(ids(tracer, intoRatings));
    return ids.size();
  }

  private static Set<String> ids(Tracer tracer, Collection<RequestHeaders> requests) {
    return requests.stream().map(tracer::ids).filter(Objects::nonNull).collect(toSet());
  }

  public String lastTrace() {
    return tracing(intoReviews).getOrDefault("x-b3-traceid", "-");
  }

  /**
   * Returns whether reviews forwarded each of these headers of the last request, unchanged, and
   * sent no other tracing header.
   */
  public boolean areForwarded(Collection<String> names) {
    Map<String, String> expected = tracing(intoReviews);
    expected.keySet().retainAll(names);
    return tracing(outOfReviews).equals(expected);
  }

  /** Returns the tracing headers of the last request, at each hop. */
  public List<Map<String, String>> last() {
    return Stream.of(intoReviews, outOfReviews, intoRatings).map(Hops::tracing).toList();
  }

  /** An empty header counts as absent; the values of a repeated one are joined. */
  private static Map<String, String> tracing(Deque<RequestHeaders> hop) {
    Map<String, String> headers = new TreeMap<>();
    RequestHeaders last = hop.peekLast();
    if (last != null) {
      TRACING.forEach(it -> headers.put(it, String.join(" + ", last.getAll(it))));
      headers.values().removeIf(String::isEmpty);
    }
    return headers;
  }
}
