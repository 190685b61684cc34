// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Http;
import io.github.tracingpropagation.demo.bookinfo.Json;
import io.github.tracingpropagation.demo.mesh.BuiltInSidecars;
import io.github.tracingpropagation.demo.mesh.Poll;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real Jaeger shows, to which the sidecars report as to Zipkin. */
@Timeout(120)
final class JaegerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({"nobody.invalid, 3", "127.0.0.1, 5"})
  void trace_isWhole_ifReviewsForwards(String forwardTo, int spans) throws Exception {
    TracingPropagation forwarding =
        TracingPropagation.builder().forwardTo(Destinations.hosts(forwardTo)).build();
    try (JaegerServer jaeger = JaegerServer.start();
        Mesh mesh = new Mesh("test")) {
      mesh.start(
          forwarding, "okhttp", 100, BuiltInSidecars.reportingTo(jaeger.collector(), mesh.id()));
      String trace = Step.play(mesh, 3, null, Map.of()).hops().lastTrace();
      JsonNode found =
          Poll.until(
              it -> it.at("/data/0/spans").size() >= spans, TIMEOUT, () -> trace(jaeger, trace));

      assertThat(found.at("/data/0/spans")).hasSize(spans);
      assertThat(found.at("/data/0/processes"))
          .extracting(process -> process.path("serviceName").asText())
          .contains(Mesh.GATEWAY, Mesh.REVIEWS)
          .hasSize(spans == 5 ? 3 : 2);
    }
  }

  private static JsonNode trace(JaegerServer jaeger, String id) throws IOException {
    String path = "/api/traces/" + id;
    return Json.read(Http.get(jaeger.query().resolve(path)).body().getBytes(UTF_8));
  }
}
