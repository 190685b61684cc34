// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final ThreadLocal<Map<String, List<String>>> CONNECTION =
      ThreadLocal.withInitial(HashMap::new);

  /** What a behaviour adds to {@link #connection} to end it after the response. */
  static final String LAST = "last";

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
    return start(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), threads, behaviour);
  }

  static TestService start(ServerSocket server, Behaviour behaviour) {
    return start(server, Executors.newCachedThreadPool(), behaviour);
  }

  private static TestService start(
      ServerSocket server, ExecutorService threads, Behaviour behaviour) {
    TestService service = new TestService(server, threads, behaviour);
    Thread thread = new Thread(service::accept, "service-accept");
    thread.setDaemon(true);
    thread.start();
    return service;
  }

  /** Returns what belongs to the connection whose request is being served. */
  static Map<String, List<String>> connection() {
    return CONNECTION.get();
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
      connection.setTcpNoDelay(true);
      CONNECTION.remove();
      InputStream in = new BufferedInputStream(connection.getInputStream());
      HttpMessage request = HttpMessage.read(in);
      while (request != null) {
        request.skipBody(in);
        connection.getOutputStream().write(response(request).getBytes(ISO_8859_1));
        request = request.isLast() || connection().containsKey(LAST) ? null : HttpMessage.read(in);
      }
    } catch (IOException e) {
      // the client is gone
    }
  }

  private String response(HttpMessage request) {
    String status = "200 OK";
    try {
      behaviour.serve(request.start().split(" ", 3)[1], request.lines());
    } catch (Exception e) {
      status = "500 Failed";
    }
    return "HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
  }

  /** Calls a dependency with these lines. */
  static Response call(URI uri, List<String> lines) throws IOException {
    return call(uri, lines, 0);
  }

  /** Calls a dependency, and waits for so many milliseconds for its answer; 0 is forever. */
  static Response call(URI uri, List<String> lines, int timeout) throws IOException {
    return call(uri, path(uri), uri.getAuthority(), lines, timeout);
  }

  /** Calls a dependency as a client does that has a proxy. */
  static Response callByProxy(URI proxy, String target, List<String> lines) throws IOException {
    return call(proxy, target, URI.create(target).getAuthority(), lines, 0);
  }

  private static Response call(URI uri, String target, String host, List<String> lines, int timeout)
      throws IOException {
    try (Socket socket =
        new Socket(uri.getHost().replace("[", "").replace("]", ""), uri.getPort())) {
      socket.setSoTimeout(timeout);
      String head = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
      String all = head + String.join("", lines.stream().map(line -> line + "\r\n").toList());
      socket.getOutputStream().write((all + "\r\n").getBytes(ISO_8859_1));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      HttpMessage response = HttpMessage.read(in);
      if (response == null) {
        throw new IOException("no response");
      }
      response.skipResponseBody(in, false);
      return new Response(response.status(), response.value("location"));
    }
  }

  private static String path(URI uri) {
    return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
