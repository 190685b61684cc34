// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.RawHttp;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.jboss.resteasy.microprofile.client.RestClientBuilderImpl;
import org.junit.jupiter.api.Test;

class DocsTest {
  private static String ratingsUri = "";

  @Test
  void jakartaRest() throws Exception {
    WireMockServer ratings = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    ratings.start();
    ratings.stubFor(get("/ratings/0").willReturn(ok("five stars")));
    ratingsUri = ratings.baseUrl() + "/ratings/0";
    HttpServer server =
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0/"), ResourceConfig.forApplication(new Reviews()));
    try {
      URI reviews =
          URI.create("http://127.0.0.1:" + server.getListener("grizzly").getPort() + "/reviews");

      assertThat(RawHttp.get(reviews, List.of("x-request-id: abc")).body()).isEqualTo("five stars");
      ratings.verify(
          getRequestedFor(urlEqualTo("/ratings/0")).withHeader("x-request-id", equalTo("abc")));
    } finally {
      server.shutdownNow();
      ratings.stop();
    }
    Docs.assertShows("jakarta rest server", DocsTest.class);
    Docs.assertShows("jakarta rest client", DocsTest.class);
  }

  @Test
  @SuppressWarnings("try") // a scope is only there to be closed
  void instance() throws Exception {
    try (Downstream ratings = Downstream.start()) {
      // docs: jakarta rest settings
      TracingPropagation propagation =
          TracingPropagation.builder().forwardTo(Destinations.inMesh()).build();
      Client client =
          ClientBuilder.newBuilder()
              .register(new TracingPropagationFeature(propagation))
              .build(); // once
      // docs: end
      try (Scope request = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
        client.target(ratings.uri("/")).request().get().close();
      }
      client.close();

      assertThat(ratings.received()).containsExactly("x-request-id: abc");
    }
    Docs.assertShows("jakarta rest settings", DocsTest.class);
  }

  @Test
  @SuppressWarnings("try") // a scope is only there to be closed
  void executor() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Downstream ratings = Downstream.start()) {
      // docs: jakarta rest executor
      Client client =
          ClientBuilder.newBuilder()
              .executorService(Context.taskWrapping(pool))
              .register(TracingPropagationFeature.class)
              .build(); // once
      // docs: end
      try (Scope request = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
        client.target(ratings.uri("/")).request().rx().get().toCompletableFuture().get().close();
      }
      client.close();

      assertThat(ratings.received()).containsExactly("x-request-id: abc");
    } finally {
      pool.shutdownNow();
    }
    Docs.assertShows("jakarta rest executor", DocsTest.class);
  }

  @Test
  @SuppressWarnings("try") // a scope is only there to be closed
  void microProfile() throws Exception {
    RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Downstream downstream = Downstream.start()) {
      URI uri = downstream.uri("/");
      RestClientBuilder builder = new RestClientBuilderImpl(); // newBuilder() finds another engine
      // docs: microprofile client
      Ratings ratings =
          builder
              .baseUri(uri)
              .executorService(Context.taskWrapping(pool))
              .register(TracingPropagationFeature.class)
              .build(Ratings.class); // once
      // docs: end
      try (Scope request = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
        ratings.get().toCompletableFuture().get();
      }

      assertThat(downstream.received()).containsExactly("x-request-id: abc");
    } finally {
      pool.shutdownNow();
    }
    Docs.assertShows("microprofile client", DocsTest.class);
  }

  /** Public for MicroProfile. */
  public interface Ratings {
    /** Asks ratings. */
    @GET
    CompletionStage<String> get();
  }

  // docs: jakarta rest server
  public static class Reviews extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      return Set.of(TracingPropagationFeature.class, ReviewsResource.class);
    }
  }

  // docs: end

  /** Public for Jakarta REST. */
  @Path("reviews")
  public static class ReviewsResource {
    /** Asks ratings. */
    @GET
    public String reviews() {
      String uri = ratingsUri;
      // docs: jakarta rest client
      Client client =
          ClientBuilder.newBuilder().register(TracingPropagationFeature.class).build(); // once

      String ratings = client.target(uri).request().get(String.class);
      // docs: end
      client.close();
      return ratings;
    }
  }
}
