// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** Ratings, a servlet on Jetty. */
final class RatingsService implements Service {
  private final Server server;

  private RatingsService(Server server) {
    this.server = server;
  }

  /**
   * Starts.
   *
   * @param propagation what to capture
   * @param served hears of every request once it is answered
   */
  static RatingsService start(
      String host,
      int port,
      RatingsServlet servlet,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    FilterHolder filter = new FilterHolder(new TracingPropagationFilter(propagation));
    filter.setAsyncSupported(true);
    ServletContextHandler application = new ServletContextHandler();
    application.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
    application.addServlet(new ServletHolder(servlet), "/*");

    Server server = new Server(new InetSocketAddress(host, port));
    server.setHandler(new GracefulHandler(application));
    server.setRequestLog(new JettyRequestLog(served));
    server.setStopTimeout(GRACE.toMillis());
    RatingsService service = new RatingsService(server);
    try {
      server.start();
      return service;
    } catch (IOException e) {
      service.close();
      throw e;
    } catch (Exception e) { // Jetty declares no narrower one
      service.close();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int port() {
    return server.getURI().getPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // Jetty declares no narrower one
      throw new IllegalStateException(e);
    }
  }
}
