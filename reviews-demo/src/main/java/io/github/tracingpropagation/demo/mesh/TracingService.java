// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import brave.Clock;
import brave.Span;
import brave.Tracing;
import brave.propagation.TraceContextOrSamplingFlags;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Handles tracing headers as Envoy does, and records a span for each sampled request: a child of
 * the span whose headers arrived, be it from the caller's sidecar or forwarded by the application.
 * A request without such headers starts a new trace.
 */
final class TracingService extends SimpleDecoratingHttpService {
  private final Tracing tracing;
  private final Span.Kind kind;
  private final String name;
  private final double percent;
  private final EnvoyB3 b3;

  /**
   * Creates a service.
   *
   * @param kind {@code SERVER} for inbound, {@code CLIENT} for outbound requests
   * @param name of the spans
   * @param percent sampling rate of requests that carry no sampling decision, 0 to 100
   * @param next proxies the request
   */
  TracingService(Tracing tracing, Span.Kind kind, String name, double percent, HttpService next) {
    super(next);
    this.tracing = tracing;
    this.kind = kind;
    this.name = name;
    this.percent = percent;
    this.b3 = EnvoyB3.of(tracing.propagation());
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    RequestHeadersBuilder headers = request.headers().toBuilder();
    RequestId id = RequestId.fromHeader(headers.get(RequestId.HEADER));
    boolean sampled = id.isSampled(percent);
    headers.set(RequestId.HEADER, (sampled ? id.withSampledStatus() : id).value());

    TraceContextOrSamplingFlags extracted = b3.extract(headers);
    if (EnvoyB3.isMalformed(extracted, headers)) {
      return unwrap().serve(context, request.withHeaders(headers));
    }
    if (extracted.sampled() == null) {
      extracted = extracted.sampled(sampled);
    }
    Span span = tracing.tracer().nextSpan(extracted).kind(kind).name(name).start();
    b3.inject(span.context(), headers);
    span.tag("guid:" + RequestId.HEADER, headers.get(RequestId.HEADER, ""));
    HttpResponse response = unwrap().serve(context, request.withHeaders(headers));
    return span.isNoop() ? response : finish(span, context, response);
  }

  /**
   * Finishes the span with the response, at the time when its last part was received. A span that
   * ended later could end after its parent, since the caller may finish as soon as it has that.
   */
  private HttpResponse finish(Span span, ServiceRequestContext context, HttpResponse response) {
    Clock clock = tracing.clock(span.context());
    AtomicLong end = new AtomicLong(clock.currentTimeMicroseconds());
    var unused = context.log().whenComplete().thenAccept(log -> finish(span, log, end.get()));
    return response
        .peekHeaders(headers -> end.set(clock.currentTimeMicroseconds()))
        .peekData(data -> end.set(clock.currentTimeMicroseconds()))
        .peekTrailers(trailers -> end.set(clock.currentTimeMicroseconds()));
  }

  /** Finishes the span with the tags that Istio's sidecars set. */
  private static void finish(Span span, RequestLog log, long end) {
    int status = log.responseStatus().code();
    if (log.responseCause() != null || status >= 500) {
      span.tag("error", "true");
    }
    span.tag("component", "proxy")
        .tag("http.method", log.requestHeaders().method().name())
        .tag("http.url", log.requestHeaders().uri().toString())
        .tag("http.status_code", Integer.toString(status))
        .finish(end);
  }
}
