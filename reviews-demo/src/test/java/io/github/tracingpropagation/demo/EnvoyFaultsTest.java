// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.FailingServer;
import io.github.tracingpropagation.demo.mesh.Chain;
import io.github.tracingpropagation.demo.mesh.EnvoySidecars;
import io.github.tracingpropagation.demo.mesh.Mesh;
import io.github.tracingpropagation.demo.mesh.Poll;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import io.github.tracingpropagation.demo.mesh.TestEnvoy;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import zipkin2.Span;

/**
 * What reviews answers if ratings fails, and that the trace is whole and shows where. The response
 * flags are Envoy's: UF for a connection that fails, URX for the end of retries, DC for a caller
 * that gives up, UPE for an answer that is no HTTP.
 */
@Timeout(120)
final class EnvoyFaultsTest {
  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String envoy = TestEnvoy.program(); // skips before Zipkin starts
  private final URI zipkin = SharedZipkin.uri();

  EnvoyFaultsTest() throws Exception {}

  @Test
  void ratingsDown_is503InTheTrace() throws Exception {
    assertFailedCall(FailingServer.NONE, TIMEOUT, "503", "URX,UF");
  }

  @Test
  void ratingsLate_isGivenUpAfterTheTimeoutOfReviews() throws Exception {
    try (FailingServer silent = FailingServer.silent()) {
      assertFailedCall(silent.uri(), Duration.ofSeconds(4), "0", "DC");
    }
  }

  @Test
  void ratingsAnsweringGarbage_is502InTheTrace() throws Exception {
    try (FailingServer garbage = FailingServer.answering("nonsense\r\n\r\n")) {
      assertFailedCall(garbage.uri(), TIMEOUT, "502", "UPE");
    }
  }

  @Test
  void ratingsUnavailable_isRetriedByEnvoyWithTheSameHeaders() throws Exception {
    Queue<Headers> attempts = new ConcurrentLinkedQueue<>();
    HttpServer unavailable =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    unavailable.createContext(
        "/",
        exchange -> {
          attempts.add(exchange.getRequestHeaders());
          exchange.getResponseHeaders().add("grpc-status", "14"); // the condition "unavailable"
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    unavailable.start();
    EnvoySidecars sidecars =
        new EnvoySidecars(envoy, Tracer.ZIPKIN, "test", EnvoySidecars.NO_COLLECTOR);
    URI ratings = URI.create("http://127.0.0.1:" + unavailable.getAddress().getPort());
    try (Chain chain = chain(sidecars, ratings, TIMEOUT)) {
      chain.body(List.of("x-b3-traceid: " + TRACE, "x-b3-spanid: a2fb4a1d1a96d312"));
    } finally {
      unavailable.stop(0);
    }

    assertThat(attempts)
        .extracting(headers -> headers.getFirst("x-envoy-attempt-count"))
        .containsExactly("1", "2", "3");
    assertThat(attempts)
        .extracting(headers -> headers.getFirst("x-b3-traceid"))
        .containsOnly(TRACE);
    // The sidecar of ratings makes a span for each attempt, a child of the same one.
    for (String name : List.of("x-request-id", "x-b3-sampled", "x-b3-parentspanid")) {
      assertThat(attempts)
          .extracting(headers -> headers.getFirst(name))
          .as(name)
          .doesNotContainNull()
          .containsOnly(attempts.element().getFirst(name));
    }
  }

  /** The gateway's two spans and that of reviews are good, those of the call of ratings are not. */
  private void assertFailedCall(URI ratings, Duration timeout, String status, String flags)
      throws Exception {
    String meshId = UUID.randomUUID().toString();
    EnvoySidecars sidecars = new EnvoySidecars(envoy, Tracer.ZIPKIN, meshId, zipkin);
    Trace trace;
    try (Chain chain = chain(sidecars, ratings, timeout)) {
      assertThat(chain.body(List.of()))
          .contains("\"rating\":{\"error\":\"Ratings service is currently unavailable\"}");
      trace = traceOf(meshId);
    }
    assertThat(trace.isWhole(Mesh.SERVICES)).isTrue();
    assertThat(trace.tree())
        .extracting(node -> describe(node.span()))
        .containsExactly(
            Mesh.GATEWAY + " SERVER 200",
            Mesh.GATEWAY + " CLIENT 200",
            Mesh.REVIEWS + " SERVER 200",
            Mesh.REVIEWS + " CLIENT " + status + " error",
            Mesh.RATINGS + " SERVER " + status + " error");
    assertThat(trace.tree().get(4).span().tags()).containsEntry("response_flags", flags);
  }

  private static Chain chain(Sidecars sidecars, URI ratings, Duration timeout) throws Exception {
    return new Chain(sidecars, 100, 100, TracingPropagation.create(), ratings, timeout);
  }

  /** Waits until Zipkin has five spans. */
  private Trace traceOf(String meshId) throws Exception {
    Zipkin client = new Zipkin(zipkin);
    List<Trace> traces =
        Poll.until(
            found -> found.stream().mapToInt(trace -> trace.spans().size()).sum() >= 5,
            TIMEOUT,
            () -> client.traces(meshId, 10));
    assertThat(traces).hasSize(1);
    return traces.get(0);
  }

  private static String describe(Span span) {
    String status =
        span.localServiceName() + " " + span.kind() + " " + span.tags().get("http.status_code");
    return span.tags().containsKey("error") ? status + " error" : status;
  }
}
