// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.util.Map;
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
  private final String shownProduct;
  private final Consumer<ServedRequest> log;
  private final Map<String, String> traceIds = new ConcurrentHashMap<>();
  private final LongAdder sampled = new LongAdder();
  private final LongAdder all = new LongAdder();
  private volatile boolean logging;
  private volatile ServedRequest shown = NONE;

  /**
   * Creates a hop.
   *
   * @param shownProduct the product whose request {@link #shown()} returns
   */
  Hop(Tracer tracer, int shownProduct, Consumer<ServedRequest> log) {
    this.tracer = tracer;
    this.shownProduct = Integer.toString(shownProduct);
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
    String product = request.path().replaceFirst(".*/", "");
    String ids = tracer.ids(request);
    if (ids != null) {
      traceIds.put(product, ids);
    }
    if (product.equals(shownProduct)) {
      shown = request;
    }
    all.increment();
  }

  void startLogging() {
    logging = true;
  }

  /** Returns the request for the shown product, or one without headers if there was none. */
  ServedRequest shown() {
    return shown;
  }

  /** Returns the number of requests so far. */
  long all() {
    return all.sum();
  }

  /** Returns the number of requests so far that the sender's sidecar sampled. */
  long sampled() {
    return sampled.sum();
  }

  /** Returns {@link Tracer#ids} of the requests so far that had all of them, by product. */
  Map<String, String> traceIds() {
    return traceIds;
  }
}
