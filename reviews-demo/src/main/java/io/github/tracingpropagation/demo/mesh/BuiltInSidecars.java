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
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/**
 * Makes a gateway and sidecars in this process: reverse proxies that handle tracing headers as
 * Istio's Envoy does with Zipkin's tracer, which a test compares with Envoy. Threads may share it.
 *
 * @param spans receives the spans
 * @param reporter closed by {@link #close()}
 */
public record BuiltInSidecars(SpanHandler spans, Closeable reporter) implements Sidecars {
  private static final int MAX_QUEUED = 100_000;

  /** Returns sidecars that report to Zipkin, each span tagged with the mesh's id. */
  public static BuiltInSidecars reportingTo(URI zipkin, String meshId) {
    BytesMessageSender sender = URLConnectionSender.create(zipkin + "/api/v2/spans");
    AsyncZipkinSpanHandler reporter =
        AsyncZipkinSpanHandler.newBuilder(sender)
            .queuedMaxSpans(MAX_QUEUED)
            .messageTimeout(100, TimeUnit.MILLISECONDS)
            .build();
    SpanHandler tagging =
        new SpanHandler() {
          @Override
          public boolean end(@Nullable TraceContext context, MutableSpan span, Cause cause) {
            span.tag(MESH_ID, meshId);
            return reporter.end(context, span, cause);
          }
        };
    return new BuiltInSidecars(
        tagging,
        () -> {
          reporter.close();
          sender.close();
        });
  }

  @Override
  public Sidecar start(String service, boolean isGateway, double percent, Route... routes) {
    Tracing tracing = tracing(service);
    Map<Direction, URI> uris = new EnumMap<>(Direction.class);
    Parts proxies = new Parts();
    for (Route route : routes) {
      Proxy proxy =
          Proxy.start(
              route::to,
              forward ->
                  isGateway
                      ? gateway(tracing, percent, route.called(), forward)
                      : sidecar(tracing, percent, route, forward));
      uris.put(route.direction(), proxies.add(proxy).uri(""));
    }
    return new Sidecar(uris, proxies);
  }

  private static HttpService sidecar(
      Tracing tracing, double percent, Route route, HttpService forward) {
    Span.Kind kind = route.direction() == Direction.INBOUND ? Span.Kind.SERVER : Span.Kind.CLIENT;
    return new TracingService(tracing, kind, spanName(route.called()), percent, forward);
  }

  private static HttpService gateway(
      Tracing tracing, double percent, String called, HttpService forward) {
    // As Istio's spawn_upstream_span: one span for the request, one for the call of the service.
    String call = "router outbound|9080||" + called + ".svc.cluster.local egress";
    HttpService upstream = new TracingService(tracing, Span.Kind.CLIENT, call, percent, forward);
    return new TracingService(tracing, Span.Kind.SERVER, spanName(called), percent, upstream) {
      @Override
      RequestId requestId(@Nullable String header) {
        return super.requestId(null); // a request from outside never keeps its own
      }
    };
  }

  private Tracing tracing(String service) {
    return Tracing.newBuilder()
        .localServiceName(service)
        .propagationFactory(
            B3Propagation.newFactoryBuilder().injectFormat(B3Propagation.Format.MULTI).build())
        .traceId128Bit(true) // as Istio
        .addSpanHandler(spans)
        .build();
  }

  private static String spanName(String called) {
    return called + ".svc.cluster.local:9080/*";
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
