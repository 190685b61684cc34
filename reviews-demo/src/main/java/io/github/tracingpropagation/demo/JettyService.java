// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.IOException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** A server that is a Jetty. */
abstract class JettyService implements Service {
  private final Server server;

  /**
   * Takes what differs.
   *
   * @param server with its connector
   * @param served hears of every request once it is answered
   */
  JettyService(Server server, Handler handler, Consumer<ServedRequest> served) {
    this.server = server;
    server.setHandler(new GracefulHandler(handler));
    server.setRequestLog(new JettyRequestLog(served));
    server.setStopTimeout(GRACE.toMillis());
  }

  final void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    } catch (Exception e) { // Jetty declares no narrower one
      close();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public final int port() {
    return server.getURI().getPort();
  }

  @Override
  public final void close() {
    try {
      server.stop();
    } catch (Exception e) { // Jetty declares no narrower one
      throw new IllegalStateException(e);
    }
  }
}
