// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The service that the application calls: notes the headers of each call by the call's path. A path
 * that begins with "redirect-" is answered with a redirect to the rest of it on another host; of one
 * that begins with "500-" or "503-" the first calls are answered with this status, and all are
 * noted by the rest of it; one that begins with "busy-" is answered with status 500 the first time.
 */
final class Recorder implements AutoCloseable {
  static final int REFUSALS = 2;
  private static final String REDIRECT = "redirect-";
  private static final Pattern REFUSED = Pattern.compile("(50[03])-(.+)");
  private static final String BUSY = "busy-";

  private final Map<String, BlockingQueue<Map<String, String>>> calls = new ConcurrentHashMap<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  Recorder() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      Matcher refused = REFUSED.matcher(path);
      String id = refused.matches() ? refused.group(2) : path;
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
      BlockingQueue<Map<String, String>> noted = of(id);
      noted.add(headers);
      boolean refuses = refused.matches() && noted.size() <= REFUSALS;
      int status = refuses ? Integer.parseInt(refused.group(1)) : 200;
      if (id.startsWith(BUSY) && busy.add(id)) {
        status = 500;
      }
      boolean moved = id.startsWith(REDIRECT);
      if (moved) {
        String target = id.substring(REDIRECT.length());
        exchange
            .getResponseHeaders()
            .set("location", uri().replace("127.0.0.1", "localhost") + "/" + target);
      }
      byte[] body = (moved ? "moved" : id).getBytes(StandardCharsets.US_ASCII);
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(moved ? 302 : status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private BlockingQueue<Map<String, String>> of(String id) {
    return calls.computeIfAbsent(id, key -> new LinkedBlockingQueue<>());
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns the headers of each call of this path so far, names in lower case. */
  List<Map<String, String>> take(String id) {
    List<Map<String, String>> taken = new ArrayList<>();
    of(id).drainTo(taken);
    return taken;
  }

  /** Returns the headers of the next call of this path, and waits for it up to a minute. */
  Map<String, String> await(String id) throws InterruptedException {
    Map<String, String> call = of(id).poll(60, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("no call of /" + id);
    }
    return call;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
