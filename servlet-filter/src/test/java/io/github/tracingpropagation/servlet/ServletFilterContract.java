// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.InboundContract;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the filter has to do in every servlet container. */
abstract class ServletFilterContract extends InboundContract {

  /** Starts a container with the filter and the servlet, both for every path. */
  abstract Server start(TracingPropagationFilter filter, HttpServlet servlet, int workers)
      throws Exception;

  @Override
  protected final Server start(TracingPropagation propagation, Answers answers, int workers)
      throws Exception {
    return start(new TracingPropagationFilter(propagation), new Adapter(answers), workers);
  }

  private static final class Adapter extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Answers answers;

    Adapter(Answers answers) {
      this.answers = answers;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      try {
        response.getWriter().print(answers.answer(request.getRequestURI()));
      } catch (Exception e) {
        throw new ServletException(e);
      }
    }
  }
}
