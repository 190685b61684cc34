// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.RequestRecorder;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import io.github.tracingpropagation.testing.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ProxyTest {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final RequestRecorder sent = new RequestRecorder();

  @Test
  void requests_arePassedOnAndReported() throws Exception {
    try (Service ratings = ratings();
        Service proxy = Proxy.start(() -> ratings.uri(""), Proxy.reporting(sent));
        RawHttp connection = RawHttp.connect(proxy.uri("/"))) {
      assertThat(connection.get("/ratings/1?a=b", List.of("X-A: 1", "x-a:  2 ")).body())
          .startsWith("{\"id\":1,");
      assertThat(connection.get("/ratings/2", List.of()).body()).startsWith("{\"id\":2,");
    }
    assertThat(sent.next())
        .satisfies(
            request -> {
              assertThat(request.path()).isEqualTo("/ratings/1");
              assertThat(request.headers()).containsEntry("x-a", List.of("1", "2"));
            });
    assertThat(sent.next().path()).isEqualTo("/ratings/2");
  }

  @Test
  void callerThatCloses_closesTheOtherSide() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Service proxy =
            Proxy.start(
                () -> URI.create("http://127.0.0.1:" + server.getLocalPort()),
                Proxy.reporting(sent))) {
      Socket caller = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
      caller.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      try (Socket called = server.accept()) {
        called.setSoTimeout(TIMEOUT_MILLIS); // an interrupt does not end a read
        assertThat(called.getInputStream().read()).isEqualTo('G');

        caller.close();

        called.getInputStream().readAllBytes(); // until the proxy closes
      }
    }
  }

  private static Service ratings() throws IOException {
    return RatingsService.start(
        ServerSettings.local(Map.of(), TracingPropagation.create(), request -> {}));
  }
}
