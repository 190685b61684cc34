// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.service;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** A service on Jetty, which stops gracefully. Threads may share it. */
public abstract class JettyService implements Service {
  /** How long a connection may be silent within a request, or between two. */
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  /** Limit of a request's head in bytes, as that of Node.js, which bookinfo's ratings runs on. */
  private static final int MAX_HEAD_BYTES = 16 * 1024;

  private final Server server;

  /**
   * Configures the server, which {@link #start()} starts.
   *
   * @param server with its connector
   * @param served called with each request after its response
   */
  protected JettyService(Server server, Handler handler, Consumer<ServedRequest> served) {
    this.server = server;
    server.setErrorHandler(new JsonErrors());
    for (Connector connector : server.getConnectors()) {
      HttpConfiguration http =
          connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
      http.setSendServerVersion(false);
      http.setRequestHeaderSize(MAX_HEAD_BYTES);
    }
    idleTimeout(IDLE_TIMEOUT);
    server.setHandler(new GracefulHandler(handler));
    server.setRequestLog(new JettyRequestLog(served));
    server.setStopTimeout(GRACE.toMillis());
  }

  /** Returns a handler that serves every path with the servlet. */
  protected static ServletContextHandler application(Servlet servlet) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    ServletContextHandler application = new ServletContextHandler();
    application.addServlet(holder, "/*");
    application.setErrorHandler(new JsonErrors()); // by default it has one of its own
    return application;
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

  /** Sets the time-out of connections from now on. */
  final void idleTimeout(Duration timeout) {
    for (Connector connector : server.getConnectors()) {
      ((AbstractConnector) connector).setIdleTimeout(timeout.toMillis());
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // Jetty declares Exception
      throw new IllegalStateException(e);
    }
  }
}
