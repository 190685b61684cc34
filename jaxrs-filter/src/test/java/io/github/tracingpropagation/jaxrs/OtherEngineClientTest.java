// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.apache.cxf.jaxrs.client.WebClient;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An unsupported client: Jersey's, used as {@link Engine#OTHER}. */
@SuppressWarnings("try") // the scope is only closed
class OtherEngineClientTest {
  private static final String ID = "x-request-id: abc";

  private final Downstream ratings = Downstream.start();

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void rule8_hostsAreNamed_forwardsNothingAndWarnsOnce() {
    TracingPropagation toAddress =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    try (Log log = Log.open()) {
      call(toAddress);
      call(toAddress);

      assertThat(ratings.received(0)).isEmpty();
      assertThat(ratings.received(1)).isEmpty();
      assertThat(log.warnings())
          .containsExactly(
              "No tracing headers are forwarded with a Jakarta REST client:"
                  + " org.glassfish.jersey.client.JerseyClient is not a supported client, and may"
                  + " follow redirects, which could send them to a host that may not receive them."
                  + " Use Jersey, RESTEasy or CXF.");
    }
  }

  @Test
  void rule8_anyHost_isForwarded() {
    call(TracingPropagation.create());

    assertThat(ratings.received()).containsExactly(ID);
  }

  /** Requests of CXF's WebClient have no Client. */
  @Test
  void rule8_webClientOfCxfThatCannotBeLoaded_forwardsNothing() {
    RestClient.CXF_HTTP_CLIENT.withDefaults();
    TracingPropagation toAddress =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    List<Object> feature =
        List.of(new EngineHidingClassLoader("org.apache.cxf.").feature(toAddress));
    try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      Response response = WebClient.create(ratings.uri("/").toString(), feature).get();

      assertThat(response.getStatus()).isEqualTo(200);
    }
    assertThat(ratings.received()).isEmpty();
  }

  private void call(TracingPropagation propagation) {
    try (Client client =
            new JerseyClientBuilder()
                .register(new ClientFilter(propagation, Engine.OTHER), ClientFilter.PRIORITY)
                .build();
        Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      client.target(ratings.uri("/")).request().get().close();
    }
  }
}
