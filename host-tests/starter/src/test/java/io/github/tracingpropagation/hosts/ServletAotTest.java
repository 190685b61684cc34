// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Beans that the build has prepared ahead of time, with the tracer that was there at build time.
 */
@Tag("tracer")
@Tag("opentelemetry")
class ServletAotTest extends StarterContract {
  @Override
  RunningApplication start(String downstream) throws Exception {
    return ApplicationProcess.start(
        ApplicationProcess.Settings.of("aot")
            .options("-Dspring.aot.enabled=true")
            .arguments("--management.server.port=0"), // as at build time
        downstream);
  }

  @Override
  Stream<Way> ways() {
    return Way.ALL.stream().filter(way -> !way.name().startsWith("empty-block"));
  }

  @Test
  void actuatorOnItsOwnPort_forwards() throws Exception {
    Actuator actuator = ((ApplicationProcess) application()).actuator();
    InboundHeaders request = InboundHeaders.next();
    InboundHeaders none = InboundHeaders.next();

    actuator.get("/rest-client/" + request.id(), request.all()).join();
    actuator.get("/rest-client/" + none.id(), Map.of()).join();

    assertThat(Outcome.of(request, downstream().await(request.id()), tracersFamily(), false))
        .isEqualTo(Outcome.OWN);
    assertThat(Outcome.of(null, downstream().await(none.id()), tracersFamily(), false))
        .isEqualTo(Outcome.NOTHING);
  }
}
