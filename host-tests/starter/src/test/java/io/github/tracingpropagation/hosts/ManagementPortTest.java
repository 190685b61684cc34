// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.hosts.starter.mvc.Application;
import io.github.tracingpropagation.hosts.starter.webflux.ReactiveApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;

/** The actuator on a port of its own, which is an application context and a server of its own. */
@Tag("no-tracer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementPortTest {
  private static final int REQUESTS = 50; // more than there are event loops
  private static final String TOMCAT_OF_WEBFLUX =
      "org.springframework.boot.tomcat.autoconfigure.actuate.web.server"
          + ".TomcatReactiveManagementContextAutoConfiguration";

  private Recorder downstream;

  @BeforeAll
  void startDownstream() throws Exception {
    downstream = new Recorder();
  }

  @AfterAll
  void stop() {
    downstream.close();
  }

  @Test
  void servlet_forwardsOnBothPorts() {
    try (LocalApplication application = start(WebApplicationType.SERVLET)) {
      assertForwards(management(application), "rest-client", Outcome.OWN);
      assertForwards(management(application), "web-client", Outcome.OWN);
      assertForwards(application, "rest-client", Outcome.OWN);
    }
  }

  @Test
  void webFlux_forwardsOnBothPorts() {
    try (LocalApplication application = start(WebApplicationType.REACTIVE)) {
      assertForwards(management(application), "web-client", Outcome.OWN);
      assertForwards(application, "web-client", Outcome.OWN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tracing.propagation.enabled=false",
        "spring.autoconfigure.exclude="
            + "io.github.tracingpropagation.spring.TracingPropagationAutoConfiguration"
      })
  void disabled_forwardsNothing(String disabled) {
    try (LocalApplication application = start(WebApplicationType.SERVLET, disabled)) {
      assertForwards(management(application), "rest-client", Outcome.NOTHING);
    }
    try (LocalApplication application = start(WebApplicationType.REACTIVE, disabled)) {
      assertForwards(management(application), "web-client", Outcome.NOTHING);
    }
  }

  private LocalApplication start(WebApplicationType type, String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("management.server.port=0");
    // Spring Boot 4 cannot choose between Netty and Tomcat, which are both there.
    all.add("spring.autoconfigure.exclude=" + TOMCAT_OF_WEBFLUX);
    Class<?> application =
        type == WebApplicationType.SERVLET ? Application.class : ReactiveApplication.class;
    return LocalApplication.start(List.of(application), type, downstream.uri(), all);
  }

  private static Actuator management(LocalApplication application) {
    return Actuator.at(application.context().getEnvironment().getProperty("local.management.port"));
  }

  private void assertForwards(RunningApplication application, String client, Outcome expected) {
    for (int i = 0; i < REQUESTS; i++) {
      InboundHeaders request = InboundHeaders.next();
      boolean headers = i % 2 == 0;
      String path =
          application instanceof Actuator
              ? "/" + client + "/" + request.id()
              : "/plain/" + client + "?id=" + request.id();
      application.get(path, headers ? request.all() : Map.of()).join();

      assertThat(downstream.take(request.id()))
          .singleElement()
          .satisfies(
              call ->
                  assertThat(Outcome.of(headers ? request : null, call, List.of(), false))
                      .isEqualTo(headers ? expected : Outcome.NOTHING));
    }
  }
}
