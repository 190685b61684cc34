// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A service that calls its dependency as a test wants, byte for byte. */
final class TestService implements AutoCloseable {
  /** Serves a request; an exception becomes status 500. */
  interface Behaviour {
    void serve(String path, List<String> lines) throws Exception;
  }

  /** A response: its status and where it redirects to. */
  record Response(int status, @Nullable String location) {}

  private final ServerSocket server;
  private final ExecutorService threads;
  private final Behaviour behaviour;

  private TestService(ServerSocket server, ExecutorService threads, Behaviour behaviour) {
    this.server = server;
    this.threads = threads;
    this.behaviour = behaviour;
  }

  static TestService start(Behaviour behaviour) throws IOException {
    return start(Executors.newCachedThreadPool(), behaviour);
  }

  /** Starts the service with these threads for its requests. */
  static TestService start(ExecutorService threads, Behaviour behaviour) throws IOException {
    ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    TestService service = new TestService(server, threads, behaviour);
    Thread thread = new Thread(service::accept, "service-accept");
    thread.setDaemon(true);
    thread.start();
    return service;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/reviews/0");
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      HttpMessage request =
          requireNonNull(HttpMessage.read(new BufferedInputStream(connection.getInputStream())));
      String status = "200 OK";
      try {
        behaviour.serve(request.start().split(" ", 3)[1], request.lines());
      } catch (Exception e) {
        status = "500 Failed";
      }
      String chunked = "HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n";
      connection.getOutputStream().write((chunked + "2\r\nok\r\n0\r\n\r\n").getBytes(ISO_8859_1));
    } catch (IOException e) {
      // the client is gone
    }
  }

  /** Calls a dependency with these lines. */
  static Response call(URI uri, List<String> lines) throws IOException {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String head = "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n";
      String all = head + String.join("", lines.stream().map(line -> line + "\r\n").toList());
      socket.getOutputStream().write((all + "\r\n").getBytes(ISO_8859_1));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      HttpMessage response = HttpMessage.read(in);
      if (response == null) {
        throw new IOException("no response");
      }
      response.skipResponseBody(in);
      return new Response(response.status(), response.value("location"));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
