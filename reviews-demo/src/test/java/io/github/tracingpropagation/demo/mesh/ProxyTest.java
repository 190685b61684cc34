// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.RequestHeaders;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ProxyTest {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final RequestRecorder sent = new RequestRecorder();

  @Test
  void requests_arePassedOnAndReported() throws Exception {
    try (Service ratings = ratings();
        Service proxy = sent.inFrontOf(ratings.uri(""));
        RawHttp connection = RawHttp.connect(proxy.uri("/"))) {
      assertThat(connection.get("/ratings/1?a=b", List.of("X-A: 1", "x-a:  2 ")).body())
          .startsWith("{\"id\":1,");
      assertThat(connection.get("/ratings/2", List.of()).body()).startsWith("{\"id\":2,");
    }
    RequestHeaders first = sent.next();
    assertThat(first.path()).isEqualTo("/ratings/1?a=b");
    assertThat(first.getAll("x-a")).containsExactly("1", "2");
    assertThat(sent.next().path()).isEqualTo("/ratings/2");
  }

  @Test
  void callerThatCloses_closesTheOtherSide() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Service proxy = sent.inFrontOf(URI.create("http://127.0.0.1:" + server.getLocalPort()))) {
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
    return RatingsService.start(ServerSettings.local(TracingPropagation.create()));
  }
}
