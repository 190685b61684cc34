// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Once hosts are named, a gRPC client forwards only where its host can be seen; the REST client that
 * is called after it forwards all the same.
 */
@QuarkusTest
@QuarkusTestResource(Downstream.class)
@TestProfile(NamedHostsTest.NamedHosts.class)
class NamedHostsTest {
  @TestHTTPResource("/")
  URI application;

  public static final class NamedHosts implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("tracing.propagation.forward-to", "localhost, ratings");
    }
  }

  @Test
  void namedHost_getsTheHeaders() throws Exception {
    assertThat(get("blocking")).isEqualTo("r");
    assertThat(get("uni")).isEqualTo("r r");
  }

  /** Though the service has the name of a host which may get the headers. */
  @Test
  void hostThatStorkChooses_getsNothing() throws Exception {
    try (Warnings warnings = new Warnings()) {
      assertThat(get("stork")).isEqualTo(Downstream.NONE + " r");
      assertThat(get("stork")).isEqualTo(Downstream.NONE + " r");

      assertThat(warnings.messages)
          .singleElement()
          .asString()
          .startsWith("No tracing headers are forwarded with the gRPC client of ratings:")
          .contains("Stork chooses its host");
    }
  }

  /** That client does not tell the host. */
  @Test
  void clientOfVertx_forwardsNothing() throws Exception {
    try (Warnings warnings = new Warnings()) {
      assertThat(get("vertx")).isEqualTo(Downstream.NONE + " r");
      assertThat(get("vertx")).isEqualTo(Downstream.NONE + " r");

      assertThat(warnings.messages)
          .singleElement()
          .asString()
          .startsWith("No tracing headers are forwarded with a gRPC client of Vert.x:");
    }
  }

  private String get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(application.resolve(path)).header("x-request-id", "r").build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** What is logged at WARNING. */
  private static final class Warnings extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.github.tracingpropagation");
    private final List<String> messages = new CopyOnWriteArrayList<>();

    Warnings() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        messages.add(entry.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
