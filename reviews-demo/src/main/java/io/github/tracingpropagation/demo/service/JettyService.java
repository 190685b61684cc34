// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.service;

import java.io.IOException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** A service on Jetty, which stops gracefully. Threads may share it. */
public abstract class JettyService implements Service {
  private final Server server;

  /**
   * Configures the server, which {@link #start()} starts.
   *
   * @param server with its connector
   * @param served called with each request after its response
   */
  protected JettyService(Server server, Handler handler, Consumer<ServedRequest> served) {
    this.server = server;
    server.setHandler(new GracefulHandler(handler));
    server.setRequestLog(new JettyRequestLog(served));
    server.setStopTimeout(GRACE.toMillis());
  }

  /**
   * Starts the server.
   *
   * @throws IOException if the port cannot be used
   */
  protected final void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    } catch (Exception e) { // Jetty declares Exception
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
    } catch (Exception e) { // Jetty declares Exception
      throw new IllegalStateException(e);
    }
  }
}
