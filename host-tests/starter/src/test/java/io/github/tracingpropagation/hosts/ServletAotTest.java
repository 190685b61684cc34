// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/**
 * Beans that the build has prepared ahead of time, with the tracer that was there at build time.
 */
@Tag("tracer")
@Tag("opentelemetry")
class ServletAotTest extends StarterContract {
  @Override
  RunningApplication start(String downstream) throws Exception {
    return ApplicationProcess.start(
        ApplicationProcess.Settings.of("aot").options("-Dspring.aot.enabled=true"), downstream);
  }

  @Override
  Stream<Way> ways() {
    return Way.ALL.stream().filter(way -> !way.name().startsWith("empty-block"));
  }
}
