// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** One request on a connection of its own, its header lines sent byte for byte. */
final class RawRequest {
  private RawRequest() {}

  /**
   * Sends the request and returns the status of its response, after the whole response has come.
   *
   * @throws IOException if the whole response did not come within the time-out
   */
  static int send(URI uri, List<String> lines, Duration timeout) throws IOException {
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    int millis = (int) timeout.toMillis();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), millis);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(text(uri, lines).getBytes(ISO_8859_1));
      long end = System.nanoTime() + timeout.toNanos();
      InputStream in = new BufferedInputStream(new TimedStream(socket, end));
      HttpMessage response = HttpMessage.read(in);
      while (response != null && response.status() < 200) {
        response = HttpMessage.read(in);
      }
      if (response == null) {
        throw new IOException("the service ended the connection without a response");
      }
      response.skipResponseBody(in);
      return response.status();
    }
  }

  private static String text(URI uri, List<String> lines) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    StringBuilder request = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n");
    request.append("Host: ").append(uri.getRawAuthority()).append("\r\n");
    request.append("Accept: */*\r\nConnection: close\r\n");
    lines.forEach(line -> request.append(line).append("\r\n"));
    return request.append("\r\n").toString();
  }
}
