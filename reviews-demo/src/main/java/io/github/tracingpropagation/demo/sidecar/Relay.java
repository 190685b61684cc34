// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import io.github.tracingpropagation.demo.service.ServedRequest;
import io.github.tracingpropagation.demo.service.Service;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A proxy that changes no header, to observe what a service sends to its sidecar. */
public final class Relay {
  private Relay() {}

  /**
   * Starts a relay on a free loopback port.
   *
   * @param to where requests are proxied to, asked for each request
   * @param served called with each request after its response
   * @throws IOException if it does not start
   */
  public static Service start(Supplier<URI> to, Consumer<ServedRequest> served) throws IOException {
    return Listener.start(new Upstream(to), served);
  }
}
