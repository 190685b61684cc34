// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Jetty")
class JettyServletFilterTest extends ServletFilterContract {
  @Override
  Server start(TracingPropagationFilter filter, HttpServlet servlet, int workers) throws Exception {
    QueuedThreadPool pool = new QueuedThreadPool();
    pool.setReservedThreads(0);
    pool.setMinThreads(1);
    pool.setMaxThreads(workers + 2); // one selects, one takes turns with it
    var jetty = new org.eclipse.jetty.server.Server(pool);
    ServerConnector connector = new ServerConnector(jetty, 0, 1);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler app = new ServletContextHandler("/");
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    app.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    app.addServlet(new ServletHolder(servlet), "/");
    jetty.setHandler(app);
    jetty.start();
    return new Server(jetty.getURI(), pool, jetty::stop);
  }
}
