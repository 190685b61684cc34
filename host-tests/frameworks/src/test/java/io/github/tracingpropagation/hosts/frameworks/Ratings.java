// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real downstream service. {@code /id} answers with the {@code x-request-id} that arrived, {@code
 * /away} redirects to {@code /id} of another host.
 */
final class Ratings implements AutoCloseable {
  /** The answer to a request without headers. */
  static final String NONE = "none";

  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();

  Ratings() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // or each answer takes 40 ms
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(pool);
    server.createContext("/id", Ratings::id);
    server.createContext("/away", this::away);
    server.start();
  }

  /** Returns the URI of the host 127.0.0.1. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns the URI of another host. */
  URI foreign() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private static void id(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestHeaders().getFirst("x-request-id");
    byte[] answer = (id == null ? NONE : id).getBytes(US_ASCII);
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void away(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", foreign() + "/id");
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
