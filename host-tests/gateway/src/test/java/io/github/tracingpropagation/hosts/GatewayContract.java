// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.hosts.gateway.GatewayApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;

/** A gateway copies the headers of each request itself. Beside it the starter doubles none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatewayContract {
  private static final int REQUESTS = 20;

  private final WebApplicationType type;
  private Recorder downstream;

  GatewayContract(WebApplicationType type) {
    this.type = type;
  }

  @BeforeAll
  void startDownstream() throws Exception {
    downstream = new Recorder();
  }

  @AfterAll
  void stop() {
    downstream.close();
  }

  /** Returns what the application has besides its routes. */
  List<Class<?>> sources() {
    return List.of();
  }

  /** Returns the path that is answered with that of the downstream service. */
  String path(String id) {
    return "/" + id;
  }

  @Test
  void headers_leaveOnce_orNotAtAll() {
    try (LocalApplication gateway = start()) {
      assertLeaves(gateway, Outcome.OWN);
    }
  }

  /** The gateway does not ask the starter. */
  @Test
  void forwardToNamesOtherHosts_headersLeaveAllTheSame() {
    try (LocalApplication gateway = start("tracing.propagation.forward-to=other")) {
      assertLeaves(gateway, Outcome.OWN);
    }
  }

  final void assertLeaves(LocalApplication gateway, Outcome expected) {
    for (int i = 0; i < REQUESTS; i++) {
      InboundHeaders request = InboundHeaders.next();
      boolean headers = i % 2 == 0;
      gateway.get(path(request.id()), headers ? request.all() : Map.of()).join();

      List<Map<String, String>> calls = downstream.take(request.id());
      assertThat(calls).hasSize(1);
      assertThat(Outcome.of(headers ? request : null, calls.get(0), List.of(), false))
          .as("%s", calls)
          .isEqualTo(headers ? expected : Outcome.NOTHING);
    }
  }

  final LocalApplication start(String... properties) {
    String routes =
        "spring.cloud.gateway.server."
            + (type == WebApplicationType.REACTIVE ? "webflux" : "webmvc")
            + ".routes[0].";
    List<String> all = new ArrayList<>();
    all.add("server.address=127.0.0.1");
    all.add("server.port=0");
    all.add("spring.reactor.netty.shutdown-quiet-period=100ms"); // not two seconds
    all.add("spring.cloud.compatibility-verifier.enabled=false"); // knows 4.0, not 4.1
    all.add(routes + "id=all");
    all.add(routes + "uri=" + downstream.uri());
    all.add(routes + "predicates[0]=Path=/*");
    for (String property : properties) {
      all.add(property.replace("routes[0].", routes));
    }
    List<Class<?>> sources = new ArrayList<>(sources());
    sources.add(GatewayApplication.class);
    return LocalApplication.start(sources, type, downstream.uri(), all);
  }

  /** Returns a property for each header, so that the route removes it. */
  static List<String> removed() {
    List<String> filters = new ArrayList<>();
    for (String name : InboundHeaders.next().all().keySet()) {
      filters.add("routes[0].filters[" + filters.size() + "]=RemoveRequestHeader=" + name);
    }
    return filters;
  }
}
