// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.sidecar;

import brave.Span;
import brave.Tracing;
import brave.propagation.Propagation;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Handles tracing headers as Envoy does, and records a span for each sampled request. Inbound it
 * joins the caller's span. Outbound it starts a child of the span whose headers the application
 * forwarded. A request without such headers starts a new trace.
 */
final class TracingHandler extends Handler.Wrapper {
  private static final String B3 = "b3";

  /** As Envoy, ignores the {@code x-b3-*} headers if {@code b3} is present. */
  private static final Propagation.Getter<HttpFields, String> GETTER =
      (fields, name) -> name.equals(B3) || !fields.contains(B3) ? fields.get(name) : null;

  private static final Propagation.Setter<HttpFields.Mutable, String> SETTER =
      HttpFields.Mutable::put;

  private final Tracing tracing;
  private final Span.Kind kind;
  private final String name;
  private final double percent;
  private final TraceContext.Extractor<HttpFields> extractor;
  private final TraceContext.Injector<HttpFields.Mutable> injector;

  /**
   * Creates a handler.
   *
   * @param kind {@code SERVER} for inbound, {@code CLIENT} for outbound requests
   * @param name of the spans
   * @param percent sampling rate of requests that carry no sampling decision, 0 to 100
   * @param next proxies the request
   */
  TracingHandler(Tracing tracing, Span.Kind kind, String name, double percent, Handler next) {
    super(next);
    this.tracing = tracing;
    this.kind = kind;
    this.name = name;
    this.percent = percent;
    this.extractor = tracing.propagation().extractor(GETTER);
    this.injector = tracing.propagation().injector(SETTER);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields.Mutable headers = HttpFields.build(request.getHeaders());
    RequestId id = RequestId.fromHeader(headers.get(RequestId.HEADER));
    boolean sampled = id.isSampled(percent);
    id = sampled ? id.withSampledStatus() : id;
    headers.put(RequestId.HEADER, id.value());

    TraceContextOrSamplingFlags extracted = extractor.extract(headers);
    Request forwarded = new WithHeaders(request, headers);
    if (isMalformed(extracted, headers)) {
      return super.handle(forwarded, response, callback);
    }
    Span span = start(extracted.sampled() == null ? extracted.sampled(sampled) : extracted);
    // All of them, or the receiver could read an older header in place of the injected ones.
    headers.remove(B3);
    tracing.propagation().keys().forEach(headers::remove);
    injector.inject(span.context(), headers);
    if (span.isNoop()) { // not sampled; the injected headers carry that
      return super.handle(forwarded, response, callback);
    }
    tag(span, request, id);
    TimedResponse timed = new TimedResponse(forwarded, response, tracing.clock(span.context()));
    Request.addCompletionListener(request, failure -> finish(span, timed, failure));
    return super.handle(forwarded, timed, callback);
  }

  private Span start(TraceContextOrSamplingFlags extracted) {
    TraceContext caller = extracted.context();
    Span span =
        kind == Span.Kind.SERVER && caller != null
            ? tracing.tracer().joinSpan(caller)
            : tracing.tracer().nextSpan(extracted);
    return span.kind(kind).name(name).start();
  }

  /** Sets the tags that Istio's sidecars set. */
  private static void tag(Span span, Request request, RequestId id) {
    span.tag("component", "proxy")
        .tag("guid:" + RequestId.HEADER, id.value())
        .tag("http.method", request.getMethod())
        .tag("http.url", request.getHttpURI().toString());
  }

  private static void finish(Span span, TimedResponse response, @Nullable Throwable failure) {
    span.tag("http.status_code", Integer.toString(response.getStatus()));
    if (failure != null || response.getStatus() >= 500) {
      span.tag("error", "true");
    }
    span.finish(response.lastWrite());
  }

  /** Returns whether ids are malformed: Envoy then forwards them and does not trace this hop. */
  private static boolean isMalformed(TraceContextOrSamplingFlags extracted, HttpFields headers) {
    return extracted.equals(TraceContextOrSamplingFlags.EMPTY)
        && headers.stream()
            .map(HttpField::getLowerCaseName)
            .anyMatch(Set.of(B3, "x-b3-traceid")::contains);
  }

  private static final class WithHeaders extends Request.Wrapper {
    private final HttpFields headers;

    WithHeaders(Request request, HttpFields headers) {
      super(request);
      this.headers = headers;
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }
  }
}
