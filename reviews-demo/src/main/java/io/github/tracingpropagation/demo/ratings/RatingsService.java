// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.ratings;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.service.Environment;
import io.github.tracingpropagation.demo.service.JettyService;
import io.github.tracingpropagation.demo.service.ServedRequest;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** The ratings service: a servlet on Jetty. Threads may share it. */
public final class RatingsService extends JettyService {
  private RatingsService(
      InetSocketAddress address,
      ServletContextHandler application,
      Consumer<ServedRequest> served) {
    super(new Server(address), application, served);
  }

  /**
   * Starts the service.
   *
   * @param port 0 for any free port
   * @param environment the variables of bookinfo's ratings
   * @param propagation what to capture
   * @param served called with each request after its response
   * @throws IOException if the port cannot be used
   * @throws IllegalArgumentException if a variable is invalid
   */
  public static RatingsService start(
      String host,
      int port,
      Environment environment,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    RatingsServlet servlet = RatingsServlet.create(Faults.mode(environment));
    return start(host, port, servlet, propagation, served);
  }

  static RatingsService start(
      String host,
      int port,
      RatingsServlet servlet,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    FilterHolder filter = new FilterHolder(new TracingPropagationFilter(propagation));
    filter.setAsyncSupported(true);
    ServletContextHandler application = application(servlet);
    application.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));

    RatingsService service =
        new RatingsService(new InetSocketAddress(host, port), application, served);
    service.start();
    return service;
  }
}
