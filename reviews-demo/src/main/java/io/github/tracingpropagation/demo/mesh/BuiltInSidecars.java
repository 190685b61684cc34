// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import brave.Span;
import brave.Tracing;
import brave.handler.SpanHandler;
import brave.propagation.B3Propagation;
import brave.propagation.TraceContext.Extractor;
import brave.propagation.TraceContext.Injector;
import brave.propagation.TraceContextOrSamplingFlags;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/**
 * Makes a gateway and sidecars in this process: reverse proxies that handle {@code x-request-id}
 * and {@code x-b3-*} as Istio's Envoy does with Zipkin's tracer, which a test compares with Envoy.
 * Threads may share it.
 *
 * @param meshId the tag of each span
 * @param spans receives the spans; closed by {@link #close()} if it can be
 */
public record BuiltInSidecars(String meshId, SpanHandler spans) implements Sidecars {
  private static final int MAX_QUEUED = 100_000;

  public static BuiltInSidecars reportingTo(URI zipkin, String meshId) {
    BytesMessageSender sender = URLConnectionSender.create(zipkin + "/api/v2/spans");
    return new BuiltInSidecars(
        meshId,
        AsyncZipkinSpanHandler.newBuilder(sender)
            .queuedMaxSpans(MAX_QUEUED)
            .messageTimeout(100, TimeUnit.MILLISECONDS)
            .build());
  }

  @Override
  public Sidecar start(String service, boolean isGateway, double percent, Route... routes) {
    Tracing tracing =
        Tracing.newBuilder()
            .localServiceName(service)
            .propagationFactory(
                B3Propagation.newFactoryBuilder().injectFormat(B3Propagation.Format.MULTI).build())
            .traceId128Bit(true) // as Istio
            .addSpanHandler(spans)
            .build();
    Map<Direction, URI> uris = new EnumMap<>(Direction.class);
    List<Proxy> proxies = new ArrayList<>();
    for (Route route : routes) {
      Proxy proxy =
          Proxy.start(route::to, next -> decorated(tracing, isGateway, percent, route, next));
      proxies.add(proxy);
      uris.put(route.direction(), proxy.uri(""));
    }
    return new Sidecar(uris, () -> proxies.forEach(Proxy::close));
  }

  private HttpService decorated(
      Tracing tracing, boolean isGateway, double percent, Route route, HttpService next) {
    String name = route.called() + ".svc.cluster.local:9080/*";
    if (!isGateway) {
      Span.Kind kind = route.isOutbound() ? Span.Kind.CLIENT : Span.Kind.SERVER;
      return traced(tracing, kind, name, percent, next);
    }
    // As Istio's spawn_upstream_span: one span for the request, one for the call of the service.
    String call = "router " + route.cluster() + " egress";
    HttpService upstream = traced(tracing, Span.Kind.CLIENT, call, percent, next);
    HttpService inbound = traced(tracing, Span.Kind.SERVER, name, percent, upstream);
    return (context, request) -> // a request from outside never keeps its own id
    inbound.serve(
            context, request.mapHeaders(it -> it.withMutations(b -> b.remove(RequestId.HEADER))));
  }

  /**
   * Returns a service that records a span for each sampled request: a child of the span whose
   * headers arrived, be it from the caller's sidecar or forwarded by the application. A request
   * without such headers starts a new trace.
   */
  private HttpService traced(
      Tracing tracing, Span.Kind kind, String name, double percent, HttpService next) {
    Extractor<RequestHeadersBuilder> extractor =
        tracing.propagation().extractor(RequestHeadersBuilder::get);
    Injector<RequestHeadersBuilder> injector =
        tracing.propagation().injector(RequestHeadersBuilder::set);
    return (context, request) -> {
      RequestHeadersBuilder headers = request.headers().toBuilder();
      RequestId id = RequestId.fromHeader(headers.get(RequestId.HEADER));
      boolean sampled = id.isSampled(percent);
      headers.set(RequestId.HEADER, (sampled ? id.withSampledStatus() : id).value());

      TraceContextOrSamplingFlags extracted = extractor.extract(headers);
      if (extracted.sampled() == null) {
        extracted = extracted.sampled(sampled);
      }
      Span span = tracing.tracer().nextSpan(extracted).kind(kind).name(name).start();
      injector.inject(span.context(), headers);
      span.tag("guid:" + RequestId.HEADER, headers.get(RequestId.HEADER, ""));
      var unused = context.log().whenComplete().thenAccept(log -> finish(span, log));
      return next.serve(context, request.withHeaders(headers));
    };
  }

  /** Sets the tags of Istio's sidecars. */
  private void finish(Span span, RequestLog log) {
    int status = log.responseStatus().code();
    if (log.responseCause() != null || status >= 500) {
      span.tag("error", "true");
    }
    span.tag("component", "proxy")
        .tag(MESH_ID, meshId)
        .tag("http.method", log.requestHeaders().method().name())
        .tag("http.url", log.requestHeaders().uri().toString())
        .tag("http.status_code", Integer.toString(status))
        .finish();
  }

  @Override
  public void close() {
    if (spans instanceof AsyncZipkinSpanHandler reporter) {
      reporter.close();
    }
  }
}
