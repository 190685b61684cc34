// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.classic;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The module is for Quarkus REST; an application with classic RESTEasy starts all the same. */
@QuarkusTest
class ClassicResteasyTest {
  @TestHTTPResource("/")
  URI application;

  @Test
  void clients_forwardNothingAndSaySoOnce() throws Exception {
    Warnings warnings = new Warnings();
    Logger logger = Logger.getLogger("io.github.tracingpropagation");
    logger.addHandler(warnings);
    try {
      assertThat(get("captured")).isEqualTo("captured r");
      assertThat(get("received")).isEqualTo("received r");
      assertThat(get("client")).isEqualTo("received null");
      assertThat(get("rest-client")).isEqualTo("received null");
    } finally {
      logger.removeHandler(warnings);
    }

    assertThat(warnings.messages)
        .containsExactly(
            "No tracing headers are forwarded with a client of classic RESTEasy:"
                + " tracing-propagation-quarkus-rest is for Quarkus REST. Use"
                + " tracing-propagation-jaxrs-filter in its place.");
  }

  private String get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(application.resolve(path)).header("x-request-id", "r").build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static final class Warnings extends Handler {
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        messages.add(entry.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
