// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** A server that accepts requests, and never answers as an HTTP server should. */
public final class FailingServer implements AutoCloseable {
  /** A port where nothing listens. */
  public static final URI NONE = URI.create("http://127.0.0.1:1");

  private final ServerSocket server;

  private FailingServer(ServerSocket server) {
    this.server = server;
  }

  /** Starts a server that never answers. */
  public static FailingServer silent() throws IOException {
    return new FailingServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
  }

  /** Starts a server that sends these bytes after each request, and closes the connection. */
  public static FailingServer answering(String bytes) throws IOException {
    FailingServer failing = silent();
    Thread thread = new Thread(() -> failing.answer(bytes), "failing-server");
    thread.setDaemon(true);
    thread.start();
    return failing;
  }

  /** Returns the base URI. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void answer(String bytes) {
    while (!server.isClosed()) {
      try (Socket call = server.accept()) {
        call.getInputStream().read();
        call.getOutputStream().write(bytes.getBytes(US_ASCII));
      } catch (IOException e) {
        // the client or this server has closed
      }
    }
  }
}
