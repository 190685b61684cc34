// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

// docs: smallest inbound test
class CapturingFilterTest extends InboundContract {
  @Override
  protected Server start(TracingPropagation propagation, Answers answers, int workers)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(pool);
    server
        .createContext("/", exchange -> handle(exchange, answers))
        .getFilters()
        .add(new CapturingFilter(propagation));
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Server(
        uri,
        pool,
        () -> {
          server.stop(0);
          pool.shutdownNow();
        });
  }

  // docs: end

  @BeforeAll
  static void answerAtOnce() {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // or each answer takes 40 ms
  }

  private static void handle(HttpExchange exchange, Answers answers) throws IOException {
    int status = 200;
    byte[] body = {};
    try {
      body = answers.answer(exchange.getRequestURI().getPath()).getBytes(ISO_8859_1);
    } catch (Exception e) {
      status = 500; // HttpServer itself would only close the connection
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  @Quirk("HttpServer reads a tab as a space")
  protected void request_isCaptured(PropagationCase row) throws Exception {
    List<String> out = row.out().stream().map(line -> line.replace('\t', ' ')).toList();
    super.request_isCaptured(new PropagationCase(row.name(), row.in(), out));
  }

  @Test
  void docs() throws IOException {
    Docs.assertShows("smallest inbound", CapturingFilter.class);
    Docs.assertShows("smallest inbound test", CapturingFilterTest.class);
  }
}
