// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** Circuit breakers of Spring Cloud, and Resilience4j's annotations, for real. */
@Tag("circuit-breaker")
class CircuitBreakersTest extends StarterContract {

  @Override
  RunningApplication start(String downstream) {
    return LocalApplication.start(
        List.of(Resilient.class), WebApplicationType.SERVLET, downstream, properties());
  }

  List<String> properties() {
    return List.of(
        "spring.cloud.openfeign.circuitbreaker.enabled=true",
        "resilience4j.timelimiter.configs.default.timeout-duration=20s",
        "resilience4j.timelimiter.instances.time-out.timeout-duration=50ms",
        "resilience4j.timelimiter.instances.short.timeout-duration=50ms",
        "resilience4j.circuitbreaker.configs.default.minimum-number-of-calls=1000",
        "resilience4j.circuitbreaker.configs.default.sliding-window-size=1000",
        "resilience4j.retry.instances.retries.max-attempts=5",
        "resilience4j.retry.instances.retries.wait-duration=10ms");
  }

  @Override
  Stream<Way> ways() {
    return Stream.concat(
        Stream.of(
                "run",
                "run-in-group",
                "run-fallback",
                "run-reactive",
                "run-reactive-fallback",
                "run-reactive-time-out",
                "feign",
                "feign-fallback",
                "blocking",
                "failing",
                "failing-later",
                "semaphore",
                "pool",
                "limited",
                "timing-out",
                "async",
                "registry")
            .map(Way::forwards),
        Stream.of(new Way("retried", Outcome.OWN, "", 1 + Recorder.REFUSALS)));
  }

  @Test
  void concurrentRequests_haveTheirOwnHeaders() {
    assertNothingIsMixed(200);
  }
}
