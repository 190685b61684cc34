// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import brave.Span;
import brave.Tracing;
import brave.handler.SpanHandler;
import brave.propagation.B3Propagation;
import io.github.tracingpropagation.demo.service.ServedRequest;
import io.github.tracingpropagation.demo.service.Service;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/**
 * The sidecar of a service, or a gateway: a reverse proxy that handles tracing headers as Istio's
 * Envoy does, and reports spans. Threads may share it.
 */
public final class Sidecar implements AutoCloseable {
  private final String service;
  private final double percent;
  private final Tracing tracing;

  private Sidecar(String service, double percent, Tracing tracing) {
    this.service = service;
    this.percent = percent;
    this.tracing = tracing;
  }

  /**
   * Creates a sidecar, which listens nowhere yet.
   *
   * @param percent sampling rate of requests that carry no sampling decision, 0 to 100
   * @param spans receives the spans
   */
  public static Sidecar of(String service, double percent, SpanHandler spans) {
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

  /** Starts a listener that proxies requests of others to this service. */
  public Service inbound(URI to, Consumer<ServedRequest> served) throws IOException {
    return listen(Span.Kind.SERVER, service, to, served);
  }

  /** Starts a listener that proxies calls of this service to another one. */
  public Service outbound(String other, URI to, Consumer<ServedRequest> served) throws IOException {
    return listen(Span.Kind.CLIENT, other, to, served);
  }

  /** Stops reporting spans. Each listener must be closed before, by itself. */
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
