// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** A servlet application, with what Spring Boot and the starter do by default. */
class ServletTest extends StarterContract {
  @Override
  RunningApplication start(String downstream) {
    return LocalApplication.start(sources(), WebApplicationType.SERVLET, downstream, properties());
  }

  List<Class<?>> sources() {
    return List.of(Application.class);
  }

  List<String> properties() {
    return List.of();
  }

  @Override
  Stream<Way> ways() {
    return Stream.concat(Way.ALL.stream(), Stream.of(Way.UNAVAILABLE));
  }

  @Test
  void taskScheduledInARequest_forwardsNothing() throws Exception {
    InboundHeaders request = InboundHeaders.next();
    String query = "/rest-client?id=" + request.id();
    application().get("/periodic" + query, request.all()).join();
    for (int call = 0; call < 3; call++) {
      assertNothing(downstream().await(request.id()));
    }
    application().get("/periodic-stop" + query, Map.of()).join();
  }

  @Test
  void scheduledMethod_forwardsNothing() throws Exception {
    for (int call = 0; call < 2; call++) {
      assertNothing(downstream().await("scheduled"));
    }
  }

  private void assertNothing(Map<String, String> call) {
    assertThat(Outcome.of(null, call, tracersFamily(), false))
        .as("%s", call)
        .isEqualTo(Outcome.NOTHING);
  }
}
