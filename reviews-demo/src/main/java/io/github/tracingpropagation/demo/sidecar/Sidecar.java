// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import io.github.tracingpropagation.demo.service.ServedRequest;
import io.github.tracingpropagation.demo.service.Service;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/**
 * The sidecar of a service: {@link #outbound} first, since the service must know that port when it
 * starts, then {@link #inbound}. One thread may use it.
 */
public interface Sidecar {
  /**
   * Starts a listener for the calls of this service to another one. It serves once {@link #inbound}
   * has returned.
   *
   * @param called the other service
   * @param to where calls are proxied to
   * @param sent called with each request as this service sent it, after its response
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
