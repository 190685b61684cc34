// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.ReflectionRecorder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.cxf.jaxrs.client.spec.ClientBuilderImpl;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.junit.jupiter.api.Test;

/** What the jar tells the builder of a native image is all that it finds by reflection. */
class NativeHintsTest {

  @Test
  void reflectiveCalls_areRegistered() throws Exception {
    assertThat(ReflectionRecorder.record(Ways.class, "tracing-propagation-jaxrs-filter"))
        .allMatch(call -> call.startsWith("registered "))
        // The engines' classes; what RESTEasy's client offers, found and read or called.
        .hasSize(3 + 4 * 2);
  }

  /** Run in a JVM of its own. */
  public static final class Ways {
    private Ways() {}

    @SuppressWarnings("try") // the scope is only closed
    public static void main(String[] args) throws Exception {
      TracingPropagation propagation =
          TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
      Context request = HeaderLines.extract(propagation, List.of("x-request-id: mine"));
      ExecutorService executor = Context.taskWrapping(Executors.newCachedThreadPool());
      try (Downstream ratings = Downstream.start();
          Scope scope = request.makeCurrent()) {
        List<ClientBuilder> builders =
            List.of(
                new JerseyClientBuilder(),
                new ResteasyClientBuilderImpl(),
                new ClientBuilderImpl());
        for (ClientBuilder builder : builders) {
          try (Client client =
              builder
                  .executorService(executor)
                  .register(new TracingPropagationFeature(propagation))
                  .build()) {
            client.target(ratings.uri("/")).request().get().close();
            client.target(ratings.uri("/")).request().async().get().get().close();
          }
        }
      }
    }
  }
}
