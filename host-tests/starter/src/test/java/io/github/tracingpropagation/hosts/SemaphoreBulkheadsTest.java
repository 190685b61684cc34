// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Spring Cloud's circuit breakers without a pool of their own. */
class SemaphoreBulkheadsTest extends CircuitBreakersTest {

  @Override
  List<String> properties() {
    List<String> properties = new ArrayList<>(super.properties());
    properties.add("spring.cloud.circuitbreaker.resilience4j.disable-thread-pool=true");
    properties.add(
        "spring.cloud.circuitbreaker.resilience4j.enable-semaphore-default-bulkhead=true");
    return properties;
  }

  @Override
  Stream<Way> ways() {
    return Stream.of("run", "run-in-group", "run-fallback", "feign", "feign-fallback")
        .map(Way::forwards);
  }
}
