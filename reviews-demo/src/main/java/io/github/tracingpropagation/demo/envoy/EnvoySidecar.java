// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.envoy;

import io.github.tracingpropagation.demo.service.ServedRequest;
import io.github.tracingpropagation.demo.service.Service;
import io.github.tracingpropagation.demo.sidecar.Relay;
import io.github.tracingpropagation.demo.sidecar.Sidecar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An Envoy as sidecar; {@link #inbound} starts it. One thread may use it. */
final class EnvoySidecar implements Sidecar {
  private final Path program;
  private final String service;
  private final EnvoyConfiguration configuration;
  private final CompletableFuture<URI> outbound = new CompletableFuture<>();

  EnvoySidecar(Path program, String service, EnvoyConfiguration configuration) {
    this.program = program;
    this.service = service;
    this.configuration = configuration;
  }

  /**
   * Returns a relay in front of Envoy's listener. Envoy cannot tell what it received: it changes
   * the headers before a log or a filter could see them. The relay also has a port before Envoy
   * has, which is started later.
   */
  @Override
  public Service outbound(String called, URI to, Consumer<ServedRequest> sent) throws IOException {
    configuration.addListener(EnvoyConfiguration.OUTBOUND, called, to);
    return Relay.start(outbound::join, sent);
  }

  @Override
  public Service inbound(URI application) throws IOException, InterruptedException {
    configuration.addListener(EnvoyConfiguration.INBOUND, service, application);
    EnvoyProcess process = EnvoyProcess.start(program, service, configuration.yaml());
    if (process.hasListener(EnvoyConfiguration.OUTBOUND)) {
      outbound.complete(process.listener(EnvoyConfiguration.OUTBOUND).uri(""));
    }
    return process.listener(EnvoyConfiguration.INBOUND);
  }
}
