// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Spring Boot with its defaults, the starter, {@code RestClient} and OkHttp. */
abstract class SpringBootContract extends HostContract {
  abstract String version();

  @Override
  final String name() {
    return "Spring Boot " + version();
  }

  @Override
  final List<Way> ways() {
    return List.of(
        new Way("starter; `RestClient`", "/rest-client/sync", "/rest-client/async"),
        new Way("starter; OkHttp", "/okhttp/sync", "/okhttp/async"));
  }

  @Override
  final List<String> command(int port) {
    return List.of(
        HostProcess.java(),
        "-jar",
        HostProcess.built(
                "spring-boot/%1$s/target/tracing-propagation-host-spring-boot-%1$s-0.1.0-SNAPSHOT.jar"
                    .formatted(version()))
            .toString(),
        "--server.address=127.0.0.1",
        "--server.port=" + port,
        "--management.otlp.metrics.export.enabled=false");
  }

  @Test
  @Order(2)
  void rule8_hostsAreNamed_restClientDoesNotFollow() throws Exception {
    Collection<String> hosts = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int redirecting = server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          hosts.add(exchange.getRequestHeaders().getFirst("host"));
          exchange.getResponseHeaders().set("location", "http://localhost:" + redirecting + "/");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
    int port = Ports.free();
    HostProcess host =
        HostProcess.start(
            getClass().getSimpleName() + "-redirects",
            command(port),
            Map.of(
                "DOWNSTREAM",
                "http://127.0.0.1:" + redirecting,
                "TRACING_PROPAGATION_FORWARD_TO",
                "127.0.0.1"));
    try {
      host.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/rest-client/sync?n=1"));
      assertThat(hosts).containsOnly("127.0.0.1:" + redirecting);
    } finally {
      host.stop();
      server.stop(0);
    }
  }

  @Test
  @Order(3)
  void docs_showThisApplication() throws Exception {
    Path source =
        Path.of("../spring-boot/src/main/java/io/github/tracingpropagation/hosts/spring")
            .resolve("Application.java");

    Docs.assertShows("spring boot", source);
    Docs.assertShows("spring boot clients", source);
  }
}
