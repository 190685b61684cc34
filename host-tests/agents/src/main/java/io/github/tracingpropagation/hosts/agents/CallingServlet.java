// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.agents;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/** Calls downstream with the client that the path names, and returns downstream's response. */
final class CallingServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient Clients clients;

  CallingServlet(URI downstream) {
    clients = new Clients(downstream);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String client = request.getPathInfo().substring(1);
    try {
      response.getWriter().print(client.equals("nothing") ? nothing() : clients.call(client));
    } catch (RuntimeException e) {
      throw new ServletException(e);
    }
  }

  @SuppressWarnings("try") // the scope is only closed
  private String nothing() throws IOException {
    try (Scope block = CapturedHeaders.empty().makeCurrent()) {
      return clients.call("okhttp");
    }
  }
}
