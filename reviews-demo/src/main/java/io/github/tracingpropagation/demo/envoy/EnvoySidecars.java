// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.envoy;

import io.github.tracingpropagation.demo.service.Service;
import io.github.tracingpropagation.demo.sidecar.Sidecar;
import io.github.tracingpropagation.demo.sidecar.Sidecars;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Makes a gateway and sidecars that are Envoys, each a process of its own. Threads may share it.
 *
 * @param collector base URI of the server that spans are sent to
 */
public record EnvoySidecars(Path program, Tracer tracer, String meshId, URI collector)
    implements Sidecars {
  /** A port where nothing listens, for a tracer whose spans nobody collects. */
  public static final URI NO_COLLECTOR = URI.create("http://127.0.0.1:1");

  @Override
  public Service gateway(String service, double percent, String called, URI to)
      throws IOException, InterruptedException {
    EnvoyConfiguration configuration = configuration(service, percent, true);
    configuration.addListener(EnvoyConfiguration.OUTBOUND, called, to);
    return EnvoyProcess.start(program, service, configuration.yaml())
        .listener(EnvoyConfiguration.OUTBOUND);
  }

  @Override
  public Sidecar sidecar(String service, double percent) {
    return new EnvoySidecar(program, service, configuration(service, percent, false));
  }

  @Override
  public void close() {
    // Each Envoy is stopped with its listener.
  }

  private EnvoyConfiguration configuration(String service, double percent, boolean isGateway) {
    return new EnvoyConfiguration(tracer, service, percent, isGateway, meshId, collector);
  }
}
