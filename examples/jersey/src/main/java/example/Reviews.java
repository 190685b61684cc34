// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package example;

import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

public final class Reviews {
  private static final String URI_HERE =
      "http://localhost:" + System.getenv().getOrDefault("SERVER_PORT", "8080") + "/";

  public static void main(String[] args) throws Exception {
    GrizzlyHttpServerFactory.createHttpServer(
        URI.create(URI_HERE), ResourceConfig.forApplication(new ReviewsApplication()));
    Thread.currentThread().join(); // until stopped
  }

  // docs: jakarta rest server
  public static class ReviewsApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      return Set.of(TracingPropagationFeature.class, ReviewsResource.class);
    }
  }

  // docs: end

  @Path("/")
  public static class ReviewsResource {
    private static final String RATINGS = URI_HERE + "ratings";

    // docs: okhttp
    private static final OkHttpClient OKHTTP =
        OkHttpTracingPropagation.install(new OkHttpClient.Builder()).build();

    // docs: end

    @GET
    @Path("reviews")
    public String reviews() throws IOException {
      try (Response ratings = OKHTTP.newCall(new Request.Builder().url(RATINGS).build()).execute()) {
        return ratings.body().string();
      }
    }

    // docs: jakarta rest client
    private static final Client CLIENT =
        ClientBuilder.newBuilder().register(TracingPropagationFeature.class).build();

    // docs: end

    @GET
    @Path("reviews/by-jakarta-rest")
    public String reviewsByJakartaRest() {
      return CLIENT.target(RATINGS).request().get(String.class);
    }

    /** Stands for another service: returns the headers that it receives. */
    @GET
    @Path("ratings")
    public String ratings(@Context HttpHeaders received) {
      return received.getRequestHeaders().toString();
    }
  }
}
