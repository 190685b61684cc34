// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

class JettyServletFilterTest extends ServletFilterContract {
  private final Server jetty = new Server(new QueuedThreadPool(8));

  @Override
  URI start(TracingPropagationFilter filter, HttpServlet servlet) throws Exception {
    ServerConnector connector = new ServerConnector(jetty, 1, 1);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler app = new ServletContextHandler("/");
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    app.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    app.addServlet(new ServletHolder(servlet), "/");
    jetty.setHandler(app);
    jetty.start();
    return jetty.getURI();
  }

  @Override
  protected Executor workers() {
    return jetty.getThreadPool();
  }

  @Override
  protected void stop() throws Exception {
    jetty.stop();
  }
}
