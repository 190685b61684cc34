// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import brave.Span;
import brave.Tracing;
import brave.handler.SpanHandler;
import brave.propagation.B3Propagation;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/**
 * What stands beside a service in a mesh, a gateway too: a reverse proxy that does with the tracing
 * headers what Istio's Envoy does, and reports spans. Threads may share it.
 *
 * @param percent of the requests without a decision to sample
 */
record Sidecar(String service, double percent, Tracing tracing) implements AutoCloseable {
  /** Creates one whose spans go there. */
  static Sidecar of(String service, double percent, SpanHandler spans) {
    Tracing tracing =
        Tracing.newBuilder()
            .localServiceName(service)
            .propagationFactory(
                B3Propagation.newFactoryBuilder().injectFormat(B3Propagation.Format.MULTI).build())
            .traceId128Bit(true) // as Istio
            .addSpanHandler(spans)
            .build();
    return new Sidecar(service, percent, tracing);
  }

  /** Starts to listen for others, who call the service beside. */
  Service inbound(URI to, Consumer<ServedRequest> served) throws IOException {
    return listen(Span.Kind.SERVER, service, to, served);
  }

  /** Starts to listen for the service beside, which calls another. */
  Service outbound(String other, URI to, Consumer<ServedRequest> served) throws IOException {
    return listen(Span.Kind.CLIENT, other, to, served);
  }

  /** Ends no listener. */
  @Override
  public void close() {
    tracing.close();
  }

  private Service listen(Span.Kind kind, String called, URI to, Consumer<ServedRequest> served)
      throws IOException {
    String name = called + ".default.svc.cluster.local:9080/*";
    return Listener.start(
        new TracingHandler(tracing, kind, name, percent, new Upstream(to)), served);
  }
}
