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

/** Ratings, a servlet on Jetty. */
final class RatingsService extends JettyService {
  private RatingsService(
      InetSocketAddress address,
      ServletContextHandler application,
      Consumer<ServedRequest> served) {
    super(new Server(address), application, served);
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

    RatingsService service =
        new RatingsService(new InetSocketAddress(host, port), application, served);
    service.start();
    return service;
  }
}
