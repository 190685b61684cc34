// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.bookinfo.Service;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/**
 * Makes the gateway and the sidecars of a mesh. Services are named as in Istio's spans, such as
 * {@code reviews.default}. Threads may share it.
 */
public interface Sidecars extends AutoCloseable {
  /** The tag of a mesh's id in each span, as Istio names it. */
  String MESH_ID = "istio.mesh_id";

  /**
   * Starts a gateway.
   *
   * @param percent sampling rate, 0 to 100
   * @param called service that every request is for
   * @param to where requests are proxied to
   * @throws IOException if it does not start
   */
  Service gateway(String service, double percent, String called, URI to)
      throws IOException, InterruptedException;

  /**
   * Creates the sidecar of a service, which listens nowhere yet.
   *
   * @param percent sampling rate of requests that carry no sampling decision, 0 to 100
   */
  Sidecar sidecar(String service, double percent);

  /** Stops what the sidecars share. Each listener must be closed before, by itself. */
  @Override
  void close();

  /**
   * The sidecar of a service: {@link #outbound} first, since the service must know that port when
   * it starts, then {@link #inbound}. One thread may use it.
   */
  interface Sidecar {
    /**
     * Starts a listener for the calls of this service to another one. It serves once {@link
     * #inbound} has returned.
     *
     * @param called the other service
     * @param to where calls are proxied to
     * @param sent called with each request as this service sent it
     * @throws IOException if it does not start
     */
    Service outbound(String called, URI to, Consumer<ServedRequest> sent) throws IOException;

    /**
     * Starts a listener for the requests of others to this service.
     *
     * @param application where requests are proxied to
     * @throws IOException if it does not start
     */
    Service inbound(URI application) throws IOException, InterruptedException;
  }
}
