// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RawClientTest {
  @Test
  @Timeout(60)
  void endlessResponse_endsAtTheTimeout() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerWithoutEnd(server));
      thread.setDaemon(true);
      thread.start();

      try (RawClient client =
          new RawClient(
              new RequestTemplate("GET", List.of(), ""),
              (SSLSocketFactory) SSLSocketFactory.getDefault(),
              Duration.ofMillis(300))) {
        ServiceUri uri = ServiceUri.of("http://127.0.0.1:" + server.getLocalPort() + "/");
        assertThatExceptionOfType(SocketTimeoutException.class)
            .isThrownBy(() -> client.send(uri, List.of(), false));
      }
      thread.join();
    }
  }

  private static void answerWithoutEnd(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
      while (true) {
        socket.getOutputStream().write(new byte[1000]);
      }
    } catch (IOException e) {
      // The client has ended the connection.
    }
  }
}
