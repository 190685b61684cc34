// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import brave.Span;
import brave.Tracing;
import brave.handler.SpanHandler;
import brave.propagation.B3Propagation;
import io.github.tracingpropagation.demo.service.Service;
import io.github.tracingpropagation.demo.zipkin.ZipkinReporter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.eclipse.jetty.server.Handler;

/**
 * Makes a gateway and sidecars in this process. They handle tracing headers as Istio's Envoy does
 * with Zipkin's tracer, which a test compares with Envoy. Threads may share it.
 *
 * @param spans receives the spans
 * @param reporter closed by {@link #close()}
 */
public record BuiltInSidecars(SpanHandler spans, Closeable reporter) implements Sidecars {
  /** Returns sidecars that report to Zipkin, each span tagged with the mesh's id. */
  public static BuiltInSidecars reportingTo(URI zipkin, String meshId) {
    ZipkinReporter reporter = new ZipkinReporter(meshId, zipkin);
    return new BuiltInSidecars(reporter, reporter::close);
  }

  @Override
  public Service gateway(String service, double percent, String called, URI to) throws IOException {
    BuiltInSidecar gateway = sidecar(service, percent);
    // As Istio's spawn_upstream_span: one span for the request, one for the call of the service.
    String name = "router outbound|9080||" + called + ".svc.cluster.local egress";
    Handler call =
        new TracingHandler(gateway.tracing(), Span.Kind.CLIENT, name, percent, new Upstream(to));
    Handler request = gateway.handler(Span.Kind.SERVER, called, call);
    return Listener.start(new EdgeHandler(request), served -> {});
  }

  @Override
  public BuiltInSidecar sidecar(String service, double percent) {
    Tracing tracing =
        Tracing.newBuilder()
            .localServiceName(service)
            .propagationFactory(
                B3Propagation.newFactoryBuilder().injectFormat(B3Propagation.Format.MULTI).build())
            .traceId128Bit(true) // as Istio
            .addSpanHandler(spans)
            .build();
    return new BuiltInSidecar(tracing, service, percent);
  }

  @Override
  public void close() {
    try {
      reporter.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
