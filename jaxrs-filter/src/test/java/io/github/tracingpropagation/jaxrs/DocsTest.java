// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.jboss.resteasy.microprofile.client.RestClientBuilderImpl;
import org.junit.jupiter.api.Test;

class DocsTest {
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
}
