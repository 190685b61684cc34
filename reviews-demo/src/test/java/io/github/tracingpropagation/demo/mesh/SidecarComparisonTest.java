// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import brave.handler.SpanHandler;
import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same requests to the built-in sidecars and to Envoys: the same headers at each hop. Malformed
 * ids, the header {@code b3} and the debug flag are Envoy's alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class SidecarComparisonTest {
  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String SHORT_TRACE = "48485a3953bb6124";
  private static final String SPAN = "a2fb4a1d1a96d312";
  private static final String PARENT = "0020000000000001";
  private static final String IDS = "x-b3-traceid: " + TRACE + "|x-b3-spanid: " + SPAN;
  private static final String MARKED = "x-request-id: 00000064-8d5c-9e0a-b6a3-6a9d3a1f0c2b";

  private final Map<Double, Chain> envoys = new HashMap<>();
  private final Map<Double, Chain> builtIn = new HashMap<>();

  @BeforeAll
  void start() throws Exception {
    String program = TestEnvoy.program();
    for (double percent : new double[] {0, 1, 100}) {
      envoys.put(
          percent,
          new Chain(
              new EnvoySidecars(program, Tracer.ZIPKIN, "test", EnvoySidecars.NO_COLLECTOR),
              percent));
      builtIn.put(percent, new Chain(new BuiltInSidecars("test", SpanHandler.NOOP), percent));
    }
  }

  @AfterAll
  void stop() throws Exception {
    for (Map<Double, Chain> chains : List.of(envoys, builtIn)) {
      for (Chain chain : chains.values()) {
        chain.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x-b3-sampled: 1",
        "x-b3-sampled: 0",
        "x-b3-sampled: true",
        "x-b3-flags: 1|x-b3-sampled: 0",
        IDS,
        IDS + "|x-b3-sampled: 1",
        IDS + "|x-b3-sampled: 0",
        IDS + "|x-b3-sampled: true",
        IDS + "|x-b3-flags: 1|x-b3-sampled: 0",
        IDS + "|x-b3-parentspanid: " + PARENT + "|x-b3-sampled: 1",
        "x-b3-traceid: " + SHORT_TRACE + "|x-b3-spanid: " + SPAN + "|x-b3-sampled: 1",
        MARKED,
        MARKED + "|" + IDS,
        MARKED + "|x-b3-sampled: 0",
        "x-request-id: mine",
        "x-request-id: ",
        "x-b3-spanid: " + SPAN + "|x-b3-sampled: 1",
        "x-b3-parentspanid: " + PARENT + "|x-b3-sampled: 1",
      })
  void headers_areTheSameAtEachHop(String headers) throws Exception {
    List<String> lines = headers.isEmpty() ? List.of() : List.of(headers.split("\\|"));

    for (double percent : new double[] {0, 100}) {
      assertSameHeaders(percent, "gateway", lines, Chain::sendToGateway);
      assertSameHeaders(percent, "sidecar of reviews", lines, Chain::sendToReviews);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000063", "00000064", "ffffffff", "zzzzzzzz"})
  void requestId_decidesAtARateOfOnePercent(String digits) throws Exception {
    List<String> id = List.of("x-request-id: " + digits + "-8d5c-4e0a-b6a3-6a9d3a1f0c2b");

    assertSameHeaders(1, "sidecar of reviews", id, Chain::sendToReviews);
  }

  private void assertSameHeaders(double percent, String to, List<String> lines, Sending sending)
      throws Exception {
    assertThat(shape(lines, sending.send(requireNonNull(builtIn.get(percent)), lines)))
        .as("sent to the %s at a rate of %s %%", to, percent)
        .isEqualTo(shape(lines, sending.send(requireNonNull(envoys.get(percent)), lines)));
  }

  @FunctionalInterface
  private interface Sending {
    Map<String, RequestHeaders> send(Chain chain, List<String> headerLines) throws Exception;
  }

  /** Returns the tracing headers at each hop, each id replaced by where it is seen first. */
  private static Map<String, String> shape(List<String> sent, Map<String, RequestHeaders> hops) {
    Map<String, String> origins = new HashMap<>();
    for (String line : sent) {
      String[] header = line.split(": ?", 2);
      origins.put(header[1], "sent " + header[0]);
    }
    Map<String, String> shapes = new LinkedHashMap<>();
    hops.forEach(
        (hop, request) -> {
          for (String name : new TreeSet<>(TracingPropagation.create().fields())) {
            String value = String.join(" + ", request.getAll(name));
            if (request.contains(name)) {
              String shape =
                  value.length() <= 5 // a decision, not an id
                      ? value
                      : origins.computeIfAbsent(
                          value, v -> "new " + form(v) + " " + hop + " " + name);
              shapes.put(hop + ", " + name, shape);
            }
          }
        });
    return shapes;
  }

  /** Returns the value's form: each hex digit as h, but a decision and a request id's status. */
  private static String form(String value) {
    String form = value.replaceAll("(?<=[0-9a-f])[0-9a-f]|[0-9a-f](?=[0-9a-f])", "h");
    return value.length() == 36
        ? form.substring(0, 14) + value.charAt(14) + form.substring(15)
        : form;
  }
}
