// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.tracingpropagation.demo.datadog.DatadogAgent.Span;
import io.github.tracingpropagation.demo.service.Http;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Datadog's test agent tells of the spans that two tracers report. */
@Timeout(120)
final class DatadogAgentTest {
  private static final String LARGEST_ID = "18446744073709551615";

  @Test
  void spans_ofOneTraceFromTwoTracers_areOneTrace() throws Exception {
    try (DatadogAgent agent = DatadogAgent.start()) {
      assertThat(agent.traces()).isEmpty();

      report(agent, span(LARGEST_ID, "1", "0", "gateway"));
      report(agent, span(LARGEST_ID, "2", "1", "reviews"));
      report(agent, span("7", "3", "0", "gateway"));

      assertThat(agent.traces())
          .hasSize(2)
          .anySatisfy(
              trace ->
                  assertThat(trace)
                      .extracting(Span::traceId, Span::spanId, Span::service, Span::isRoot)
                      .containsExactlyInAnyOrder(
                          tuple(LARGEST_ID, "1", "gateway", true),
                          tuple(LARGEST_ID, "2", "reviews", false)));
    }
  }

  /** Reports in JSON, which the test agent takes as well as msgpack. */
  private static void report(DatadogAgent agent, String span) throws Exception {
    Http.Answer answer =
        Http.post(
            agent.uri().resolve("/v0.4/traces"),
            Map.of("content-type", "application/json"),
            "[[" + span + "]]");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static String span(String trace, String id, String parent, String service) {
    return "{\"trace_id\":%s,\"span_id\":%s,\"parent_id\":%s,\"service\":\"%s\",\"name\":\"egress\"}"
        .formatted(trace, id, parent, service);
  }
}
