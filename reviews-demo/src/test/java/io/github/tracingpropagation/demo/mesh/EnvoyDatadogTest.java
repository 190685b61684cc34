// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.Mesh.GATEWAY;
import static io.github.tracingpropagation.demo.mesh.Mesh.RATINGS;
import static io.github.tracingpropagation.demo.mesh.Mesh.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.TracingProvider;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What Datadog's agent gets from Envoy's tracer: five spans of one trace, or three and two. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one agent, which takes seconds to start
@Timeout(120)
final class EnvoyDatadogTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int SPANS = 5;

  private final String program = TestEnvoy.program();
  private DatadogAgent agent;

  @BeforeAll
  void startAgent() throws Exception {
    agent = DatadogAgent.start();
  }

  @BeforeEach
  void forgetTraces() throws Exception {
    agent.clear();
  }

  @AfterAll
  void stopAgent() {
    if (agent != null) {
      agent.close();
    }
  }

  @Test
  void withForwarding_fiveSpansAreOneTrace() throws Exception {
    assertThat(traces(TracingPropagation.builder().providers(TracingProvider.DATADOG).build()))
        .containsExactly(List.of(GATEWAY, GATEWAY, RATINGS, REVIEWS, REVIEWS));
  }

  @Test
  void withoutForwarding_threeAndTwoAreTraces() throws Exception {
    assertThat(
            traces(
                TracingPropagation.builder()
                    .forwardTo(Destinations.hosts("nobody.invalid"))
                    .build()))
        .containsExactlyInAnyOrder(List.of(GATEWAY, GATEWAY, REVIEWS), List.of(RATINGS, REVIEWS));
  }

  /** Returns for each trace of one request the services of its spans. */
  private List<List<String>> traces(TracingPropagation propagation) throws Exception {
    EnvoySidecars sidecars = new EnvoySidecars(program, Tracer.DATADOG, "test", agent.uri());
    try (Chain chain = new Chain(sidecars, 100, 100, propagation)) {
      chain.sendToGateway(List.of());
      return Poll.until(
              traces -> traces.stream().mapToInt(List::size).sum() >= SPANS, TIMEOUT, agent::traces)
          .stream()
          .map(
              spans -> spans.stream().map(span -> String.valueOf(span.service())).sorted().toList())
          .toList();
    }
  }
}
