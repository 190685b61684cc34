// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.demo.bookinfo.Http;
import io.github.tracingpropagation.demo.mesh.Sidecars.Route;
import io.github.tracingpropagation.demo.mesh.Sidecars.Sidecar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starting and stopping an Envoy. */
@Timeout(120)
final class EnvoyTest {
  private static final Route ROUTE = new Route(OUTBOUND, "reviews", URI.create("http://x:1"));

  private final String program = TestEnvoy.program();
  private final EnvoySidecars sidecars =
      new EnvoySidecars(program, Tracer.ZIPKIN, "test", EnvoySidecars.NO_COLLECTOR);

  @Test
  void serviceThatIsDown_is503() throws Exception {
    try (Sidecar gateway = sidecars.start("gateway", true, 0, ROUTE)) {
      assertThat(Http.get(gateway.uri(OUTBOUND)).status()).isEqualTo(503);
    }
  }

  @Test
  void close_endsTheProcess() throws Exception {
    Set<Long> before = children();
    Sidecar gateway = sidecars.start("gateway", true, 0, ROUTE);
    List<ProcessHandle> envoy =
        ProcessHandle.current().children().filter(it -> !before.contains(it.pid())).toList();
    assertThat(envoy).hasSize(1);

    gateway.close();

    assertThat(envoy.get(0).isAlive()).isFalse();
    assertThatThrownBy(() -> Http.get(gateway.uri(OUTBOUND))).isInstanceOf(IOException.class);
  }

  @Test
  void invalidConfiguration_isToldByItsLog() {
    Set<Long> before = children();

    assertThatThrownBy(() -> EnvoySidecars.start(program, "reviews", "no_such_field: 1"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("the Envoy of reviews does not start", "no_such_field");
    assertThat(children()).isSubsetOf(before); // another test's process may end meanwhile
  }

  @Test
  void portInUse_isToldByItsLog() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String yaml =
          sidecars
              .configuration("gateway", true, 0, ROUTE)
              .replaceFirst("(?s)(listeners:.*?port_value: )0", "$1" + socket.getLocalPort());

      assertThatThrownBy(() -> EnvoySidecars.start(program, "gateway", yaml))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("the Envoy of gateway does not start", "in use");
    }
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }
}
