// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package com.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * An application without tracing: a servlet that calls another service. It prints its URI to
 * standard output.
 */
public final class Reviews {
  private Reviews() {}

  /**
   * Starts the server.
   *
   * @param args the URI of the other service, and a working directory
   */
  public static void main(String[] args) throws LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[1]);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context app = tomcat.addContext("", null);
    Tomcat.addServlet(app, "reviews", new Servlet(URI.create(args[0]))).addMapping("/*");
    tomcat.start();
    System.out.println("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
  }

  private static final class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient HttpClient client = HttpClient.newHttpClient();
    private final URI ratings;

    Servlet(URI ratings) {
      this.ratings = ratings;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      HttpRequest call = HttpRequest.newBuilder(ratings).build();
      try {
        response.getWriter().print(client.send(call, HttpResponse.BodyHandlers.ofString()).body());
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
