// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.RawHttp;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.net.URI;
import java.util.List;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

/** The feature, registered by its class and configured by properties. */
class RegistrationTest {
  private static final String PROVIDERS = "tracing.propagation.providers";
  private static final String[] LINES = {"x-request-id: abc", "b3: 1", "sw8: x"};

  @Test
  void serverProperties_overrideSystemProperties() throws Exception {
    ResourceConfig application =
        new ResourceConfig(TracingPropagationFeature.class, Echo.class)
            .property(PROVIDERS, "zipkin");
    System.setProperty(PROVIDERS, "skywalking");
    HttpServer server;
    try {
      server = start(application);
    } finally {
      System.clearProperty(PROVIDERS);
    }
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getListener("grizzly").getPort() + "/");
      assertThat(RawHttp.get(uri, List.of(LINES)).lines())
          .containsExactly("x-request-id: abc", "b3: 1");
    } finally {
      server.shutdownNow();
    }
  }

  /** Engines are detected by the class name of their configuration. */
  @Test
  void subclassOfResourceConfig_isDetectedAsJersey() throws Exception {
    HttpServer server = start(new CustomConfig());
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getListener("grizzly").getPort() + "/");
      assertThat(RawHttp.get(uri, List.of(LINES)).lines()).hasSize(LINES.length);
    } finally {
      server.shutdownNow();
    }
  }

  private static final class CustomConfig extends ResourceConfig {
    CustomConfig() {
      super(TracingPropagationFeature.class, Echo.class);
    }
  }

  @Test
  void rule12_badServerProperty_stopsTheStart() {
    ResourceConfig application =
        new ResourceConfig(TracingPropagationFeature.class, Echo.class)
            .property(PROVIDERS, "zipkn");

    assertThatThrownBy(() -> start(application))
        .hasStackTraceContaining(PROVIDERS + "=zipkn: \"zipkn\" is not a provider; allowed: ");
  }

  @Test
  @SuppressWarnings("try") // the scope is only closed
  void clientsProperties_areRead() {
    try (Downstream ratings = Downstream.start();
        Scope scope = HeaderLines.captured(LINES).makeCurrent();
        Client client =
            ClientBuilder.newBuilder()
                .property(PROVIDERS, "skywalking")
                .register(TracingPropagationFeature.class)
                .build()) {
      client.target(ratings.uri("/")).request().get().close();

      assertThat(ratings.received()).containsExactly("x-request-id: abc", "sw8: x");
    }
  }

  @Test
  void rule12_badClientProperty_stopsTheFirstCall() {
    try (Client client =
        ClientBuilder.newBuilder()
            .property(PROVIDERS, "zipkn")
            .register(TracingPropagationFeature.class)
            .build()) {
      assertThatThrownBy(() -> client.target("http://127.0.0.1/").request().get())
          .hasStackTraceContaining(PROVIDERS + "=zipkn: \"zipkn\" is not a provider; allowed: ");
    }
  }

  private static HttpServer start(ResourceConfig application) {
    return GrizzlyHttpServerFactory.createHttpServer(
        URI.create("http://127.0.0.1:0/"), application);
  }

  /** Public, since Jakarta REST requires it. */
  @Path("/")
  public static class Echo {
    /** Returns the headers that would be forwarded. */
    @GET
    public String get() {
      return HeaderLines.current(TracingPropagation.create());
    }
  }
}
