// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.catalina.Context;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.ExpandWar;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A servlet container that serves one servlet on loopback. It never hangs up on a connection that
 * is idle, or that has served many requests.
 *
 * @param port where it listens
 * @param stop stops it
 */
record Container(int port, Callable<?> stop) implements AutoCloseable {

  static Container tomcat(Servlet servlet, List<Filter> filters, Valve... valves) throws Exception {
    Tomcat tomcat = new Tomcat();
    Path base = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    Connector connector = tomcat.getConnector();
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("keepAliveTimeout", "-1");
    connector.setProperty("maxKeepAliveRequests", "-1");
    Context context = tomcat.addContext("", null);
    Arrays.stream(valves).forEach(context.getPipeline()::addValve);
    context.addServletContainerInitializer(application(servlet, filters), Set.of());
    tomcat.start();
    return new Container(
        connector.getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
          ExpandWar.delete(base.toFile());
          return null;
        });
  }

  static Container jetty(Servlet servlet) throws Exception {
    return jetty(servlet, List.of(), new HttpConnectionFactory());
  }

  /** Serves HTTP/2 alone, with any number of streams on a connection, for any time. */
  static Container jettyHttp2(Servlet servlet, List<Filter> filters) throws Exception {
    HTTP2CServerConnectionFactory http2 =
        new HTTP2CServerConnectionFactory(new HttpConfiguration());
    http2.setMaxConcurrentStreams(Integer.MAX_VALUE);
    http2.setStreamIdleTimeout(0);
    return jetty(servlet, filters, http2);
  }

  private static Container jetty(Servlet servlet, List<Filter> filters, ConnectionFactory protocol)
      throws Exception {
    org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
    ServerConnector connector = new ServerConnector(jetty, protocol);
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(0);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServletContainerInitializer(application(servlet, filters));
    jetty.setHandler(context);
    jetty.start();
    return new Container(
        connector.getLocalPort(),
        () -> {
          jetty.stop();
          return null;
        });
  }

  private static ServletContainerInitializer application(Servlet servlet, List<Filter> filters) {
    return (classes, context) -> {
      for (Filter filter : filters) {
        FilterRegistration.Dynamic added =
            context.addFilter(filter.getClass().getSimpleName(), filter);
        added.setAsyncSupported(true);
        added.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
      }
      ServletRegistration.Dynamic added = context.addServlet("servlet", servlet);
      added.setAsyncSupported(true);
      added.addMapping("/*");
    };
  }

  @Override
  public void close() {
    try {
      stop.call();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }
}
