// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The service that the application calls: notes the request id of each call by its number. */
public final class Downstream implements QuarkusTestResourceLifecycleManager {
  static final String NONE = "none";

  /** How a number starts whose call is redirected to another host. */
  static final String REDIRECT = "redirect-";

  private final Map<String, List<String>> calls = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String number = exchange.getRequestURI().getQuery().replaceFirst("^n=", "");
          String id = exchange.getRequestHeaders().getFirst("x-request-id");
          calls
              .computeIfAbsent(number, key -> new CopyOnWriteArrayList<>())
              .add(id == null ? NONE : id);
          exchange.getResponseHeaders().set("connection", "close"); // it closes idle ones, too
          if (number.startsWith(REDIRECT)) {
            exchange
                .getResponseHeaders()
                .set("location", "http://127.0.0.1:" + port() + "/called?n=foreign-" + number);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
            return;
          }
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'o', 'k'});
          exchange.close();
        });
    server.start();
    return Map.of(
        "DOWNSTREAM", "http://localhost:" + port() + "/called", "DOWNSTREAM_PORT", "" + port());
  }

  private int port() {
    return server.getAddress().getPort();
  }

  /** Returns the ids that arrived with the calls of a request. */
  List<String> calls(String number) {
    return calls.getOrDefault(number, List.of());
  }

  /** As {@link #calls}, once there is a call. */
  List<String> await(String number) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (calls(number).isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return calls(number);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, field -> field.getType() == Downstream.class);
  }

  @Override
  public void stop() {
    server.stop(0);
    threads.shutdown();
  }
}
