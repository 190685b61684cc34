// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/** A server on Jetty, which stops gracefully. Threads may share it. */
public record JettyService(ServerConnector connector) implements Service {
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30); // within a request, or between two
  private static final Duration IDLE_TIMEOUT_AT_STOP = Duration.ofMillis(50); // between two
  private static final int MAX_HEAD_BYTES = 16 * 1024; // as Node.js, of bookinfo's ratings

  /**
   * Starts a server that serves every path with the servlet, behind the filters.
   *
   * @throws IllegalArgumentException if the port is in use
   */
  static JettyService start(ServerSettings settings, Servlet servlet, Filter... filters) {
    ServletContextHandler application = new ServletContextHandler();
    application.addServlet(new ServletHolder(servlet), "/*");
    for (Filter filter : filters) {
      application.addFilter(new FilterHolder(filter), "/*", EnumSet.allOf(DispatcherType.class));
    }
    application.setErrorHandler(JettyService::answerError); // by default it has one of its own
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEAD_BYTES);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setShutdownIdleTimeout(IDLE_TIMEOUT_AT_STOP.toMillis());
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    server.addConnector(connector);
    server.setErrorHandler(JettyService::answerError);
    server.setHandler(new GracefulHandler(application));
    server.setRequestLog(settings.log());
    server.setStopTimeout(GRACE.toMillis());
    JettyService service = new JettyService(connector);
    try {
      server.start();
      return service;
    } catch (Exception e) { // Jetty declares Exception
      service.close();
      String allowed = " cannot be used; allowed: a free port; 0 is any free port";
      throw new IllegalArgumentException("PORT=" + settings.port() + allowed, e);
    }
  }

  /**
   * Answers errors with {@code {"error":"not found"}} and the like. Only the status decides the
   * text: messages and exceptions can have parts of the request, class names and Jetty's own name.
   */
  private static boolean answerError(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    String text = HttpStatus.getMessage(response.getStatus()).toLowerCase(Locale.ROOT);
    Content.Sink.write(response, true, "{\"error\":\"" + text + "\"}", callback);
    return true;
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      connector.getServer().stop();
    } catch (Exception e) { // Jetty declares Exception
      throw new IllegalStateException(e);
    }
  }
}
