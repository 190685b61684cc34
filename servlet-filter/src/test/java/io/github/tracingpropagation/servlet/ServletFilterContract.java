// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.InboundContract;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/** What the filter has to do in every servlet container. */
abstract class ServletFilterContract extends InboundContract {

  /** Starts a container with the filter and the servlet, both for every path. */
  abstract URI start(TracingPropagationFilter filter, HttpServlet servlet) throws Exception;

  @Override
  protected final URI start(TracingPropagation propagation) throws Exception {
    return start(new TracingPropagationFilter(propagation), new Application(propagation));
  }

  private static final class Application extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient TracingPropagation propagation;

    Application(TracingPropagation propagation) {
      this.propagation = propagation;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      if (request.getRequestURI().equals("/fail")) {
        throw new ServletException("the application's own");
      }
      response.getWriter().print(HeaderLines.current(propagation));
    }
  }
}
