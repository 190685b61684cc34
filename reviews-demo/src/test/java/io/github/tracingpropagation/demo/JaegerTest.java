// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.bookinfo.Http;
import io.github.tracingpropagation.demo.bookinfo.Json;
import io.github.tracingpropagation.demo.mesh.Mesh;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The story from the command line, with a real Jaeger. */
@Timeout(120)
final class JaegerTest {
  private static JaegerServer jaeger;

  @BeforeAll
  static void startJaeger() throws Exception {
    jaeger = JaegerServer.start();
  }

  @AfterAll
  static void stopJaeger() {
    if (jaeger != null) {
      jaeger.close();
    }
  }

  @Test
  void story_passes() throws Exception {
    CommandRun story =
        CommandRun.of(
            "mesh",
            "--exit",
            "--json",
            "--requests=20",
            "--jaeger=" + jaeger.query() + "/",
            "--jaeger-collector=" + jaeger.collector());

    assertThat(story.status()).as(story.toString()).isZero();
    assertThat(story.err())
        .contains(
            "ok: 20 requests made 40 traces, 0 of them whole",
            "ok: 20 requests made 20 traces, 20 of them whole",
            jaeger.query() + "/trace/")
        .doesNotContain("NOT OK", "Zipkin", "zipkin");
    JsonNode json = story.json();
    assertThat(json.path("jaeger").asText()).isEqualTo(jaeger.query().toString());
    assertThat(json.has("zipkin")).isFalse();
    URI trace = jaeger.query().resolve("/api/traces/" + json.path("trace").asText());
    assertThat(Json.read(Http.get(trace).body().getBytes(UTF_8)).at("/data/0/processes"))
        .extracting(process -> process.path("serviceName").asText())
        .containsExactlyInAnyOrder(Mesh.GATEWAY, Mesh.REVIEWS, Mesh.RATINGS);
  }

  @Test
  void wrongCollector_isOneLine() {
    CommandRun story =
        CommandRun.of(
            "--exit", "--jaeger=" + jaeger.query(), "--jaeger-collector=" + jaeger.query());

    assertThat(story.status()).isEqualTo(1);
    assertThat(story.err())
        .startsWith("run: no collector of Zipkin's spans answers at " + jaeger.query())
        .hasLineCount(1);
  }
}
