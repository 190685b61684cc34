// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * Starts the gateway and the sidecars of a mesh. Services are named as in Istio's spans, such as
 * {@code reviews.default}. Threads may share it.
 */
public interface Sidecars extends AutoCloseable {
  /** The tag of a mesh's id in each span, as Istio names it. */
  String MESH_ID = "istio.mesh_id";

  /** A listener of a proxy: for the requests of others to its service, or for those it sends. */
  enum Direction {
    INBOUND,
    OUTBOUND
  }

  /** What a listener does: it proxies the requests for a service to a URI. */
  record Route(Direction direction, String called, URI to) {
    boolean isOutbound() {
      return direction == Direction.OUTBOUND;
    }

    /** Returns Istio's name for where the requests go. */
    String cluster() {
      return isOutbound() ? "outbound|9080||" + called + ".svc.cluster.local" : "inbound|9080||";
    }
  }

  /**
   * Starts the gateway, or the sidecar of a service, with a listener for each route.
   *
   * @param percent sampling rate of requests that carry no sampling decision, 0 to 100
   * @throws IOException if it does not start; the message has the last lines of its log
   */
  Sidecar start(String service, boolean isGateway, double percent, Route... routes)
      throws IOException, InterruptedException;

  /** Stops what the sidecars share. Each of them must be closed before, by itself. */
  @Override
  default void close() {}

  /** A running gateway or sidecar, with the base URI of each listener. Threads may share it. */
  record Sidecar(Map<Direction, URI> uris, Runnable stop) implements AutoCloseable {
    public URI uri(Direction listener) {
      return requireNonNull(uris.get(listener));
    }

    @Override
    public void close() {
      stop.run();
    }
  }
}
