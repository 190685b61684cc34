// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The service that a host calls. Records the headers of each call. */
final class Downstream implements AutoCloseable {
  /** Long enough for the host's threads to serve other requests meanwhile. */
  private static final long DELAY_MILLIS = 5;

  static {
    // The JDK's server closes idle connections beyond 200, even if a call is just arriving.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    System.setProperty("sun.net.httpserver.idleInterval", "600");
  }

  private final Collection<Call> calls = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** A received call: its headers, and the number of the inbound request that caused it. */
  record Call(int number, @Nullable String requestId, @Nullable String traceId) {}

  Downstream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Returns the URI to call, to which the caller adds the request's number as {@code n}. */
  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/called";
  }

  /** Returns the calls since the last call of this method, and removes them. */
  Collection<Call> take() {
    Collection<Call> taken = new ConcurrentLinkedQueue<>(calls);
    calls.removeAll(taken);
    return taken;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = exchange.getRequestURI().getQuery();
      calls.add(
          new Call(
              Integer.parseInt(query.substring(query.indexOf("n=") + 2)),
              exchange.getRequestHeaders().getFirst("x-request-id"),
              exchange.getRequestHeaders().getFirst("x-b3-traceid")));
      TimeUnit.MILLISECONDS.sleep(DELAY_MILLIS);
      exchange.getResponseHeaders().set("content-type", "text/plain");
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write(new byte[] {'o', 'k'});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
