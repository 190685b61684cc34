// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.bookinfo.Json;
import io.github.tracingpropagation.demo.bookinfo.Service;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A running Envoy. It ends when this process ends, even if that is killed. Threads may share it.
 *
 * @param ports of the listeners, by name
 */
record Envoy(ChildProcess process, Map<String, Integer> ports) implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("(all dependencies initialized)");
  private static final Duration LIVE_TIMEOUT = Duration.ofSeconds(30);
  private static final int HTTP_TIMEOUT_MILLIS = 5_000;

  /**
   * Starts an Envoy and waits until it serves.
   *
   * @param configuration YAML; a listener with port 0 gets a free port
   * @throws IOException if it does not start; the message has the last lines of its log
   */
  static Envoy start(String program, String service, String configuration)
      throws IOException, InterruptedException {
    Path adminAddress = Files.createTempFile("envoy-admin-", "");
    List<String> command =
        List.of(
            program,
            "--config-yaml",
            configuration,
            "--admin-address-path",
            adminAddress.toString(),
            "--disable-hot-restart", // it needs a number that no other Envoy here uses
            "--concurrency",
            "1",
            "--log-level",
            "warn",
            "--component-log-level",
            "config:info");
    try {
      ChildProcess process =
          ChildProcess.start("the Envoy of " + service, command, Map.of(), STARTED);
      String admin = "http://" + Files.readString(adminAddress);
      // The listeners accept connections only after the log says so.
      if (!Poll.until(live -> live, LIVE_TIMEOUT, () -> isLive(admin))) {
        process.close();
        throw new IOException("no Envoy answers at its admin port, " + admin);
      }
      return new Envoy(process, ports(Json.read(get(admin + "/listeners?format=json"))));
    } finally {
      Files.delete(adminAddress);
    }
  }

  /** Returns a listener. Closing it stops this Envoy. */
  Service listener(String name) {
    return new Listener(this, requireNonNull(ports.get(name), name));
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean isLive(String admin) {
    try {
      return new String(get(admin + "/ready"), UTF_8).startsWith("LIVE");
    } catch (IOException e) {
      return false; // it answers 503 until then
    }
  }

  private static Map<String, Integer> ports(JsonNode listeners) {
    Map<String, Integer> ports = new HashMap<>();
    for (JsonNode listener : listeners.path("listener_statuses")) {
      ports.put(
          listener.path("name").asText(),
          listener.at("/local_address/socket_address/port_value").asInt());
    }
    return ports;
  }

  private static byte[] get(String uri) throws IOException {
    URLConnection connection = URI.create(uri).toURL().openConnection();
    connection.setConnectTimeout(HTTP_TIMEOUT_MILLIS);
    connection.setReadTimeout(HTTP_TIMEOUT_MILLIS);
    return connection.getInputStream().readAllBytes();
  }

  private record Listener(Envoy envoy, int port) implements Service {
    @Override
    public void close() {
      envoy.close();
    }
  }
}
