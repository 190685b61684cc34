// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package example;

import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

public final class Reviews {
  private static final int PORT =
      Integer.parseInt(System.getenv().getOrDefault("SERVER_PORT", "8080"));

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir("target/tomcat");
    tomcat.setPort(PORT);
    tomcat.getConnector().setProperty("address", "localhost");
    Context app = tomcat.addContext("", null);
    // docs: embedded tomcat
    app.addApplicationListener(Tracing.class.getName());
    // docs: end
    Tomcat.addServlet(app, "reviews", new ReviewsServlet());
    app.addServletMappingDecoded("/reviews", "reviews");
    Tomcat.addServlet(app, "ratings", new RatingsServlet());
    app.addServletMappingDecoded("/ratings", "ratings");
    tomcat.start();
    tomcat.getServer().await();
  }

  // docs: servlet
  @WebListener
  public static class Tracing implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      FilterRegistration.Dynamic tracing =
          event.getServletContext().addFilter("tracing", new TracingPropagationFilter());
      tracing.setAsyncSupported(true);
      tracing.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
  }

  // docs: end

  private static final class ReviewsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private static final OkHttpClient CLIENT =
        OkHttpTracingPropagation.install(new OkHttpClient.Builder()).build();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String uri = "http://localhost:" + PORT + "/ratings";
      try (Response ratings = CLIENT.newCall(new Request.Builder().url(uri).build()).execute()) {
        response.getWriter().print(ratings.body().string());
      }
    }
  }

  /** Stands for another service: returns the headers that it receives. */
  private static final class RatingsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      for (String name : Collections.list(request.getHeaderNames())) {
        response.getWriter().println(name + ": " + request.getHeader(name));
      }
    }
  }
}
