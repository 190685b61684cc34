// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import brave.Span;
import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.B3Propagation;
import brave.propagation.TraceContext;
import com.linecorp.armeria.server.HttpService;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/**
 * Makes a gateway and sidecars in this process: reverse proxies that handle tracing headers as
 * Istio's Envoy does with Zipkin's tracer, which a test compares with Envoy. Threads may share it.
 *
 * @param meshId the tag of each span
 * @param spans receives the spans
 * @param reporter closed by {@link #close()}
 */
public record BuiltInSidecars(String meshId, SpanHandler spans, Parts reporter)
    implements Sidecars {
  private static final int MAX_QUEUED = 100_000;

  /** Returns sidecars that report to Zipkin. */
  public static BuiltInSidecars reportingTo(URI zipkin, String meshId) {
    Parts parts = new Parts();
    BytesMessageSender sender = parts.add(URLConnectionSender.create(zipkin + "/api/v2/spans"));
    SpanHandler spans =
        parts.add(
            AsyncZipkinSpanHandler.newBuilder(sender)
                .queuedMaxSpans(MAX_QUEUED)
                .messageTimeout(100, TimeUnit.MILLISECONDS)
                .build());
    return new BuiltInSidecars(meshId, spans, parts);
  }

  @Override
  public Sidecar start(String service, boolean isGateway, double percent, Route... routes) {
    Tracing tracing = tracing(service);
    Map<Direction, URI> uris = new EnumMap<>(Direction.class);
    Parts proxies = new Parts();
    for (Route route : routes) {
      UnaryOperator<HttpService> decorator =
          isGateway
              ? forward -> gateway(tracing, percent, route, forward)
              : forward -> sidecar(tracing, percent, route, forward);
      uris.put(route.direction(), proxies.add(Proxy.start(route::to, decorator)).uri(""));
    }
    return new Sidecar(uris, proxies);
  }

  private static HttpService sidecar(
      Tracing tracing, double percent, Route route, HttpService forward) {
    Span.Kind kind = route.direction() == Direction.INBOUND ? Span.Kind.SERVER : Span.Kind.CLIENT;
    return new TracingService(tracing, kind, spanName(route), percent, forward);
  }

  private static HttpService gateway(
      Tracing tracing, double percent, Route route, HttpService forward) {
    // As Istio's spawn_upstream_span: one span for the request, one for the call of the service.
    String call = "router outbound|9080||" + route.called() + ".svc.cluster.local egress";
    HttpService upstream = new TracingService(tracing, Span.Kind.CLIENT, call, percent, forward);
    HttpService inbound =
        new TracingService(tracing, Span.Kind.SERVER, spanName(route), percent, upstream);
    return (context, request) -> // a request from outside never keeps its own id
    inbound.serve(
            context, request.mapHeaders(it -> it.withMutations(b -> b.remove(RequestId.HEADER))));
  }

  private static String spanName(Route route) {
    return route.called() + ".svc.cluster.local:9080/*";
  }

  private Tracing tracing(String service) {
    SpanHandler tagging =
        new SpanHandler() {
          @Override
          public boolean end(@Nullable TraceContext context, MutableSpan span, Cause cause) {
            span.tag(MESH_ID, meshId);
            return true;
          }
        };
    return Tracing.newBuilder()
        .localServiceName(service)
        .propagationFactory(
            B3Propagation.newFactoryBuilder().injectFormat(B3Propagation.Format.MULTI).build())
        .traceId128Bit(true) // as Istio
        .addSpanHandler(tagging)
        .addSpanHandler(spans)
        .build();
  }

  @Override
  public void close() {
    reporter.close();
  }
}
