// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** The ratings service: a servlet on Jetty, with the library's filter. */
public final class RatingsService {
  private RatingsService() {}

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
  public static JettyService start(
      String host,
      int port,
      Environment environment,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    Faults faults =
        Faults.start(
            environment, () -> ThreadLocalRandom.current().nextBoolean(), InstantSource.system());
    RatingsServlet servlet =
        new RatingsServlet(faults, duration -> Thread.sleep(duration.toMillis()));
    return start(host, port, servlet, propagation, served);
  }

  static JettyService start(
      String host,
      int port,
      RatingsServlet servlet,
      TracingPropagation propagation,
      Consumer<ServedRequest> served)
      throws IOException {
    FilterHolder filter = new FilterHolder(new TracingPropagationFilter(propagation));
    filter.setAsyncSupported(true);
    ServletContextHandler application = JettyService.application(servlet);
    application.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
    return JettyService.start(host, port, application, served);
  }
}
