// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import io.quarkus.vertx.web.Route;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What Quarkus serves beside Quarkus REST. */
final class OtherEntries {
  private OtherEntries() {}

  @Singleton
  public static class Routes {
    @RestClient Ratings ratings;

    @Route(path = "/route", methods = Route.HttpMethod.GET)
    Uni<String> route(RoutingContext request) {
      return ratings.uni(request.request().getParam("n"));
    }

    @Route(path = "/blocking-route", methods = Route.HttpMethod.GET)
    @Blocking
    String blockingRoute(RoutingContext request) {
      return ratings.get(request.request().getParam("n"));
    }
  }

  @WebServlet("/servlet")
  public static class CallingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject @RestClient transient Ratings ratings;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write(ratings.get(request.getParameter("n")));
    }
  }

  /** Calls for each message, which belongs to no request. */
  @WebSocket(path = "/socket")
  public static class Socket {
    @RestClient Ratings ratings;

    @OnTextMessage
    Uni<String> message(String n) {
      return ratings.uni(n);
    }
  }
}
