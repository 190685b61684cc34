// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * One connection that carries one request again and again. For one thread at a time. It does no
 * more than it must: the load and what is measured share the machine.
 */
final class KeptAlive implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String LENGTH = "\r\nContent-Length: ";

  private final Socket socket;
  private final byte[] request;
  private final byte[] buffer = new byte[8_192];

  /** Connects to a port of this machine. */
  KeptAlive(int port, byte[] request) throws IOException {
    this.request = request;
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /**
   * Sends the request, and returns the body of the response.
   *
   * @throws IOException if the response is any but a 200 of known length
   */
  String get() throws IOException {
    socket.getOutputStream().write(request);
    int length = 0;
    while (true) {
      int read = socket.getInputStream().read(buffer, length, buffer.length - length);
      if (read <= 0) {
        throw new IOException("the response has no end");
      }
      length += read;
      String response = new String(buffer, 0, length, ISO_8859_1);
      int head = response.indexOf("\r\n\r\n") + 2; // the last line's end is part of it
      if (head > 2 && length >= head + 2 + contentLength(response, head)) {
        return response.substring(head + 2);
      }
    }
  }

  private static int contentLength(String response, int head) throws IOException {
    int field = response.indexOf(LENGTH) + LENGTH.length();
    if (!response.startsWith("HTTP/1.1 200") || field < LENGTH.length() || field > head) {
      throw new IOException("the response is: " + response.lines().findFirst().orElse(""));
    }
    return Integer.parseInt(response.substring(field, response.indexOf('\r', field)));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
