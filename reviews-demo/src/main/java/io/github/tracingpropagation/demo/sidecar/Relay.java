// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import io.github.tracingpropagation.demo.service.ServedRequest;
import io.github.tracingpropagation.demo.service.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Copies TCP connections byte for byte, and reports the requests that it sees: what a service sends
 * to its sidecar. If one side closes a connection, so does the relay, so that the sidecar learns of
 * a time-out. Threads may share it.
 */
public final class Relay implements Service {
  private static final int BUFFER_BYTES = 8192;

  private final ServerSocket server;
  private final Supplier<URI> to;
  private final Consumer<ServedRequest> sent;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket server, Supplier<URI> to, Consumer<ServedRequest> sent) {
    this.server = server;
    this.to = to;
    this.sent = sent;
  }

  /**
   * Starts a relay on a free loopback port.
   *
   * @param to base URI of the server, asked for each connection
   * @param sent called with each request before it is passed on, with status 0
   * @throws IOException if it does not start
   */
  public static Relay start(Supplier<URI> to, Consumer<ServedRequest> sent) throws IOException {
    Relay relay = new Relay(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), to, sent);
    startThread(relay::accept);
    return relay;
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  /** Closes every connection at once. */
  @Override
  public void close() {
    closeQuietly(server);
    open.forEach(Relay::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket caller = server.accept();
        open.add(caller);
        connect(caller);
      } catch (IOException e) {
        // this relay is closed, which ends the loop
      }
    }
  }

  private void connect(Socket caller) {
    try {
      Socket called = new Socket(to.get().getHost(), to.get().getPort());
      open.add(called);
      startThread(() -> copy(caller, called, new RequestParser(sent)::parse));
      startThread(() -> copy(called, caller, bytes -> {}));
    } catch (IOException e) {
      closeQuietly(caller); // as the server does not accept the connection
    }
  }

  private void copy(Socket from, Socket into, Consumer<ByteBuffer> seen) {
    try (from;
        into) {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        seen.accept(ByteBuffer.wrap(buffer, 0, read));
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // one side has closed the connection
    } finally {
      open.remove(from);
    }
  }

  private static void startThread(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // it is closed
    }
  }
}
