// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * OpenTelemetry's own starter finds the propagator by name, with the core alone on the class path,
 * and the settings in Spring's environment.
 */
class OpenTelemetryStarterTest {
  private static final String PROPAGATORS = "otel.propagators=tracecontext,x-request-id";

  private final BlockingQueue<Headers> calls = new LinkedBlockingQueue<>();
  private HttpServer ratings;

  @SpringBootApplication
  @RestController
  static class Reviews {
    private final RestClient client;

    Reviews(RestClient.Builder builder, @Value("${ratings}") String ratings) {
      client = builder.baseUrl(ratings).build();
    }

    @GetMapping("/reviews")
    String reviews() {
      return client.get().retrieve().toBodilessEntity().getStatusCode().toString();
    }
  }

  @BeforeEach
  void start() throws Exception {
    ratings = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    ratings.createContext(
        "/",
        exchange -> {
          calls.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    ratings.start();
  }

  @AfterEach
  void stop() {
    ratings.stop(0);
  }

  @Test
  void requestId_isForwardedBesideTheTracersHeaders() throws Exception {
    Headers call = callOf(PROPAGATORS);

    assertThat(call.get("x-request-id")).containsExactly("abc");
    assertThat(call.get("traceparent")).hasSize(1);
    assertThat(call.get("x-b3-sampled")).isNull();
  }

  /** As YAML and variables set them: a list is one property for each of its elements. */
  @Test
  void forwardToNamesHosts_nothingIsForwarded() throws Exception {
    for (String setting : List.of("forward-to=in-mesh", "forward-to[0]=in-mesh")) {
      Headers call = callOf(PROPAGATORS, "tracing.propagation." + setting);

      assertThat(call.get("x-request-id")).as(setting).isNull();
      assertThat(call.get("traceparent")).hasSize(1);
    }
  }

  @Test
  void invalidSetting_stopsTheStart() {
    assertThatThrownBy(() -> callOf(PROPAGATORS, "tracing.propagation.providers=zipkinn"))
        .hasStackTraceContaining("\"zipkinn\" is not a provider; allowed: all, none, or some of");
  }

  /** Returns the headers of the call that a request with tracing headers causes. */
  private Headers callOf(String... properties) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("--server.port=0", "--ratings=" + uri(ratings.getAddress().getPort())));
    Stream.of("traces", "metrics", "logs")
        .forEach(it -> arguments.add("--otel." + it + ".exporter=none"));
    Stream.of(properties).forEach(it -> arguments.add("--" + it));
    try (ConfigurableApplicationContext application =
        SpringApplication.run(Reviews.class, arguments.toArray(String[]::new))) {
      int port = application.getEnvironment().getRequiredProperty("local.server.port", int.class);
      RestClient.create(uri(port))
          .get()
          .uri("/reviews")
          .header("x-request-id", "abc")
          .header("x-b3-sampled", "1")
          .retrieve()
          .toBodilessEntity();
    }
    return calls.poll(20, TimeUnit.SECONDS);
  }

  private static String uri(int port) {
    return "http://127.0.0.1:" + port;
  }
}
