// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.zipkin;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A server that stores spans in Zipkin's format. Threads may share it. */
public interface TraceBackend {
  /** Returns the server's name, such as {@code Zipkin}. */
  String name();

  /** Returns the base URI of its pages and its query API. */
  URI uri();

  /** Returns the base URI that {@code /api/v2/spans} is at, which the sidecars report to. */
  URI collector();

  /**
   * Checks that the server answers as this backend does.
   *
   * @throws IOException if it does not; the message has the URI
   */
  void check() throws IOException, InterruptedException;

  /**
   * Returns the traces of a mesh, at most {@code limit}.
   *
   * @param service that has a span in each of these traces
   * @throws IOException if the server does not answer
   */
  List<Trace> traces(String meshId, String service, int limit)
      throws IOException, InterruptedException;

  /** Returns the page that shows a trace. */
  URI page(String traceId);

  /** Returns the page of the dependency graph. */
  URI graph();
}
