// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts the requests at one hop; once its log is started, passes them to that instead. Threads may
 * share it.
 */
final class Hop implements Consumer<ServedRequest> {
  private static final ServedRequest NONE = new ServedRequest("-", "-", 0, Map.of());

  private final Tracer tracer;
  private final Consumer<ServedRequest> log;
  private final Set<String> traceIds = ConcurrentHashMap.newKeySet();
  private final LongAdder sampled = new LongAdder();
  private final LongAdder all = new LongAdder();
  private volatile boolean logging;
  private volatile ServedRequest last = NONE;

  Hop(Tracer tracer, Consumer<ServedRequest> log) {
    this.tracer = tracer;
    this.log = log;
  }

  @Override
  public void accept(ServedRequest request) {
    if (logging) {
      log.accept(request);
      return;
    }
    if (request.header("x-b3-sampled", "0").equals("1")) {
      sampled.increment();
    }
    String ids = tracer.ids(request);
    if (ids != null) {
      traceIds.add(ids);
    }
    last = request;
    all.increment();
  }

  void startLogging() {
    logging = true;
  }

  /** Returns the last request, or one without headers if there was none. */
  ServedRequest last() {
    return last;
  }

  /** Returns the number of requests so far. */
  long all() {
    return all.sum();
  }

  /** Returns the number of requests so far that the sender's sidecar sampled. */
  long sampled() {
    return sampled.sum();
  }

  /** Returns {@link Tracer#ids} of the requests so far that had all of them. */
  Set<String> traceIds() {
    return traceIds;
  }
}
