// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.FailingServer;
import io.github.tracingpropagation.demo.mesh.Chain;
import io.github.tracingpropagation.demo.mesh.EnvoySidecars;
import io.github.tracingpropagation.demo.mesh.Poll;
import io.github.tracingpropagation.demo.mesh.TestEnvoy;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What reviews answers if ratings fails, and that the trace is whole and shows where. The response
 * flags are Envoy's: UF for a connection that fails, DC for a caller that gives up, UPE for an
 * answer that is no HTTP.
 */
@Timeout(120)
final class EnvoyFaultsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String envoy = TestEnvoy.program(); // skips before Zipkin starts
  private final URI zipkin = SharedZipkin.uri();

  EnvoyFaultsTest() throws Exception {}

  @Test
  void ratingsDown_is503InTheTrace() throws Exception {
    assertFailedCall(FailingServer.NONE, "503", "UF");
  }

  @Test
  void ratingsLate_isGivenUpAfterTheTimeoutOfReviews() throws Exception {
    try (FailingServer silent = FailingServer.silent()) {
      assertFailedCall(silent.uri(), "0", "DC");
    }
  }

  @Test
  void ratingsAnsweringGarbage_is502InTheTrace() throws Exception {
    try (FailingServer garbage = FailingServer.answering("nonsense\r\n\r\n")) {
      assertFailedCall(garbage.uri(), "502", "UPE");
    }
  }

  /** The gateway's two spans and that of reviews are good, those of the call of ratings are not. */
  private void assertFailedCall(URI ratings, String status, String flags) throws Exception {
    String meshId = UUID.randomUUID().toString();
    EnvoySidecars sidecars = new EnvoySidecars(envoy, Tracer.ZIPKIN, meshId, zipkin);
    Trace trace;
    try (Chain chain = new Chain(sidecars, 100, 100, TracingPropagation.create(), ratings)) {
      assertThat(chain.body(List.of()))
          .contains("\"rating\":{\"error\":\"Ratings service is currently unavailable\"}");
      trace = traceOf(meshId);
    }
    assertThat(trace.isWhole(List.of("gateway", "reviews", "ratings"))).isTrue();
    assertThat(trace.tree())
        .extracting(node -> describe(node.span()))
        .containsExactly(
            "gateway SERVER 200",
            "gateway CLIENT 200",
            "reviews SERVER 200",
            "reviews CLIENT " + status + " error",
            "ratings SERVER " + status + " error");
    assertThat(tags(trace.tree().get(4).span())).containsEntry("response_flags", flags);
  }

  /** Waits until Zipkin has five spans. */
  private Trace traceOf(String meshId) throws Exception {
    Zipkin client = new Zipkin(zipkin);
    List<Trace> traces =
        Poll.until(
            found -> found.stream().mapToInt(trace -> trace.spans().size()).sum() >= 5,
            TIMEOUT,
            () -> client.traces(meshId, "reviews.default", 10));
    assertThat(traces).hasSize(1);
    return traces.get(0);
  }

  private static String describe(Trace.Span span) {
    String status = tags(span).get("http.status_code");
    return span.service()
        + " "
        + span.kind()
        + " "
        + status
        + (tags(span).containsKey("error") ? " error" : "");
  }

  private static Map<String, String> tags(Trace.Span span) {
    return span.tags() == null ? Map.of() : span.tags();
  }
}
