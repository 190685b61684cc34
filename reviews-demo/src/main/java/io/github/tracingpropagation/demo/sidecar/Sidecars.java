// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import io.github.tracingpropagation.demo.service.Service;
import java.io.IOException;
import java.net.URI;

/**
 * Makes the gateway and the sidecars of a mesh. Services are named as in Istio's spans, such as
 * {@code reviews.default}. Threads may share it.
 */
public interface Sidecars extends AutoCloseable {
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
}
