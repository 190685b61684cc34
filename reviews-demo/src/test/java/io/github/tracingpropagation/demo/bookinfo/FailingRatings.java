// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A ratings service that sends the same bytes for each request, and then closes the connection. It
 * counts the requests. Threads may share it.
 */
final class FailingRatings implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger requests = new AtomicInteger();
  private final byte[] answer;
  private final boolean endless;

  private FailingRatings(byte[] answer, boolean endless) throws IOException {
    this.answer = answer;
    this.endless = endless;
    Thread thread = new Thread(this::serve, "failing-ratings");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts a service that sends this once for each request. */
  static FailingRatings answering(String answer) throws IOException {
    return new FailingRatings(answer.getBytes(ISO_8859_1), false);
  }

  /** Starts a service that sends this again and again, until the client closes the connection. */
  static FailingRatings answeringWithoutEnd(String answer) throws IOException {
    return new FailingRatings(answer.getBytes(ISO_8859_1), true);
  }

  int port() {
    return socket.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        if (readHead(connection.getInputStream())) {
          requests.incrementAndGet();
          do {
            connection.getOutputStream().write(answer);
          } while (endless);
        }
      } catch (IOException e) {
        // The client has closed the connection, or the test this service.
      }
    }
  }

  /** Reads up to the blank line after the headers; returns false if the connection ends before. */
  static boolean readHead(InputStream in) throws IOException {
    int end = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      end = b == '\n' ? end + 1 : b == '\r' ? end : 0;
      if (end == 2) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
