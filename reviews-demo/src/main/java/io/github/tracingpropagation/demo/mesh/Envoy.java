// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.util.stream.Collectors.toMap;

import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.WebClient;
import io.github.tracingpropagation.demo.bookinfo.Json;
import io.github.tracingpropagation.demo.mesh.Sidecars.Direction;
import io.github.tracingpropagation.demo.mesh.Sidecars.Sidecar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Starts Envoys. Threads may share it. */
final class Envoy {
  private static final Pattern STARTED = Pattern.compile("(all dependencies initialized)");
  private static final Duration LIVE_TIMEOUT = Duration.ofSeconds(30);

  private Envoy() {}

  /**
   * Starts an Envoy and waits until it serves. It ends when it is closed or this process ends, even
   * if that is killed.
   *
   * @param configuration YAML; a listener with port 0 gets a free port
   * @throws IOException if it does not start; the message has the last lines of its log
   */
  static Sidecar start(String program, String service, String configuration)
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
    Parts process = new Parts();
    try {
      process.add(ChildProcess.start("the Envoy of " + service, command, Map.of(), STARTED));
      BlockingWebClient admin = WebClient.of("h1c://" + Files.readString(adminAddress)).blocking();
      // The listeners accept connections only after the log says so.
      if (!Poll.until(live -> live, LIVE_TIMEOUT, () -> admin.get("/ready").status().isSuccess())) {
        process.close();
        throw new IOException("the Envoy of " + service + " is not ready");
      }
      return new Sidecar(listeners(admin.get("/listeners?format=json").content().array()), process);
    } finally {
      Files.delete(adminAddress);
    }
  }

  private static Map<Direction, URI> listeners(byte[] json) throws IOException {
    return StreamSupport.stream(Json.read(json).path("listener_statuses").spliterator(), false)
        .collect(
            toMap(
                listener -> Direction.valueOf(listener.path("name").asText()),
                listener ->
                    URI.create(
                        "http://127.0.0.1:"
                            + listener.at("/local_address/socket_address/port_value"))));
  }
}
