// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/** Listens where the service's dependency would be, with a thread for each connection. */
final class Listener implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

  private final ServerSocket server;
  private final StubDependency dependency;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private Listener(ServerSocket server, StubDependency dependency) {
    this.server = server;
    this.dependency = dependency;
  }

  /** Starts to listen; port 0 stands for a free one. */
  static Listener start(InetAddress address, int port, StubDependency dependency)
      throws IOException {
    ServerSocket server = bind(address, port, dependency.sockets());
    Listener listener = new Listener(server, dependency);
    thread("propagation-check-accept", listener::accept);
    return listener;
  }

  private static ServerSocket bind(InetAddress address, int port, ServerSocketFactory sockets)
      throws IOException {
    try {
      return sockets.createServerSocket(port, BACKLOG, address);
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on port %d of %s: %s"
              .formatted(port, address.getHostAddress(), e.getMessage()),
          e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  private static void thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connections.add(connection);
        thread("propagation-check-downstream", () -> serve(connection));
      } catch (IOException e) {
        // Closed, or a client was gone before it was accepted: the loop's condition decides.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      boolean open = true;
      while (open) {
        open = serveOne(in, connection.getOutputStream());
      }
    } catch (IOException | NumberFormatException e) {
      // The client ended the connection, or sent what is not HTTP: a missing call is reported.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  private boolean serveOne(InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    HttpMessage request = HttpMessage.read(in);
    if (request == null) {
      return false;
    }
    if (request.start().startsWith("PRI * HTTP/2")) {
      dependency.events().unsupported("in HTTP/2; set its client to HTTP/1.1");
      return false;
    }
    if (request.start().startsWith("CONNECT ")) {
      dependency.events().unsupported("by https through a proxy; set an http:// address");
      return false;
    }
    if ("100-continue".equalsIgnoreCase(request.value("expect"))) {
      out.write(CONTINUE);
    }
    request.skipBody(in);
    Call call = Call.of(port(), request, headers(request));
    StubResponse response = dependency.events().arrived(call, dependency.responses().to(call));
    if (response.status() == 0) {
      return false;
    }
    String body = request.start().startsWith("HEAD ") ? "" : response.body();
    out.write((head(response) + body).getBytes(ISO_8859_1));
    return !request.isLast();
  }

  private List<ArrivedHeader> headers(HttpMessage request) {
    return request.lines().stream()
        .map(dependency.values()::read)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private static String head(StubResponse response) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " Check\r\n");
    response.lines().forEach(line -> head.append(line).append("\r\n"));
    return head.append("Content-Length: " + response.body().length() + "\r\n\r\n").toString();
  }

  @Override
  public void close() {
    closeQuietly(server);
    connections.forEach(Listener::closeQuietly);
  }

  private static void closeQuietly(java.io.Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }
}
