// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;

/** A request that a real container has received, and that stays open while it is measured. */
final class InboundRequest implements AutoCloseable {
  private final Container container;
  private final Socket client;
  private final HttpServletRequest request;
  private final Runnable rewind;

  private InboundRequest(
      Container container, Socket client, HttpServletRequest request, Runnable rewind) {
    this.container = container;
    this.client = client;
    this.request = request;
    this.rewind = rewind;
  }

  /**
   * Sends a request with these headers and no others.
   *
   * @param container runs the servlet
   * @param parking the servlet
   * @param rewind puts the request back into the state in which the container handed it on
   */
  static InboundRequest send(
      Container container, Parking parking, Map<String, String> headers, Runnable rewind)
      throws Exception {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), container.port());
    client.getOutputStream().write(Headers.request("/reviews/0", headers));
    return new InboundRequest(container, client, parking.take(), rewind);
  }

  /** Returns the request as the container hands it to its first filter. */
  HttpServletRequest arrive() {
    rewind.run();
    return request;
  }

  @Override
  public void close() throws IOException {
    request.getAsyncContext().complete();
    client.close();
    container.close();
  }
}
