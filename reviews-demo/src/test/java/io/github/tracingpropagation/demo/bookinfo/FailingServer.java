// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that accepts requests, counts them, and never answers as an HTTP server should. Threads
 * may share it.
 */
public final class FailingServer implements AutoCloseable {
  /** A port where nothing listens. */
  public static final URI NONE = URI.create("http://127.0.0.1:1");

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger requests = new AtomicInteger();

  private FailingServer() throws IOException {}

  /** Starts a server that never answers. */
  public static FailingServer silent() throws IOException {
    return new FailingServer();
  }

  /** Starts a server that sends this once for each request, and closes the connection. */
  public static FailingServer answering(String answer) throws IOException {
    return start(answer, false);
  }

  /** Starts a server that sends this again and again, until the client closes the connection. */
  static FailingServer answeringWithoutEnd(String answer) throws IOException {
    return start(answer, true);
  }

  private static FailingServer start(String answer, boolean endless) throws IOException {
    FailingServer failing = new FailingServer();
    Thread thread = new Thread(() -> failing.serve(answer, endless), "failing-server");
    thread.setDaemon(true);
    thread.start();
    return failing;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Returns the base URI. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int requests() {
    return requests.get();
  }

  private void serve(String answer, boolean endless) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        if (readHead(connection.getInputStream())) {
          requests.incrementAndGet();
          do {
            connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
          } while (endless);
        }
      } catch (IOException e) {
        // The client has closed the connection, or the test this server.
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
    server.close();
  }
}
