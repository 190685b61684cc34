// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A server that stores spans in Zipkin's format. Threads may share it. */
public abstract class TraceBackend {
  /** The tag of a mesh's id, as Istio names it. */
  public static final String MESH_ID = "istio.mesh_id";

  /** The pages and the query API. */
  final QueryApi query;

  private final URI collector;

  /**
   * Creates a backend.
   *
   * @param collector base URI that {@code /api/v2/spans} is at
   */
  TraceBackend(QueryApi query, URI collector) {
    this.query = query;
    this.collector = collector;
  }

  /** Returns the server's name, such as {@code Zipkin}. */
  public final String name() {
    return query.name();
  }

  /** Returns the base URI of its pages and its query API. */
  public final URI uri() {
    return query.uri();
  }

  /** Returns the base URI that {@code /api/v2/spans} is at, which the sidecars report to. */
  public final URI collector() {
    return collector;
  }

  /**
   * Checks that the server answers as this backend does.
   *
   * @throws IOException if it does not; the message has the URI
   */
  public abstract void check() throws IOException, InterruptedException;

  /**
   * Returns the traces of a mesh, at most {@code limit}.
   *
   * @param service that has a span in each of these traces
   * @throws IOException if the server does not answer
   */
  public abstract List<Trace> traces(String meshId, String service, int limit)
      throws IOException, InterruptedException;

  /** Returns the page that shows a trace. */
  public abstract URI page(String traceId);

  /** Returns the page of the dependency graph. */
  public abstract URI graph();
}
