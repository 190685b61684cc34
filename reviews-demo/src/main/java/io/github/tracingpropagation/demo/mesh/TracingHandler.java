// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import brave.Clock;
import brave.Span;
import brave.Tracing;
import brave.propagation.TraceContextOrSamplingFlags;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Handles tracing headers as Envoy does, and records a span for each sampled request: a child of
 * the span whose headers arrived, be it from the caller's sidecar or forwarded by the application.
 * A request without such headers starts a new trace.
 */
class TracingHandler extends Handler.Wrapper {
  private final Tracing tracing;
  private final Span.Kind kind;
  private final String name;
  private final double percent;
  private final EnvoyB3 b3;

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
    this.b3 = EnvoyB3.of(tracing.propagation());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields.Mutable headers = HttpFields.build(request.getHeaders());
    RequestId id = requestId(headers.get(RequestId.HEADER));
    boolean sampled = id.isSampled(percent);
    id = sampled ? id.withSampledStatus() : id;
    headers.put(RequestId.HEADER, id.value());

    TraceContextOrSamplingFlags extracted = b3.extract(headers);
    Request forwarded = new WithHeaders(request, headers);
    if (EnvoyB3.isMalformed(extracted, headers)) {
      return super.handle(forwarded, response, callback);
    }
    Span span = start(extracted.sampled() == null ? extracted.sampled(sampled) : extracted);
    b3.inject(span.context(), headers);
    if (span.isNoop()) { // not sampled; the injected headers carry that
      return super.handle(forwarded, response, callback);
    }
    tag(span, request, id);
    TimedResponse timed = new TimedResponse(forwarded, response, tracing.clock(span.context()));
    Request.addCompletionListener(request, failure -> finish(span, timed, failure));
    return super.handle(forwarded, timed, callback);
  }

  /** Returns the id that a request with this header goes on with. */
  RequestId requestId(@Nullable String header) {
    return RequestId.fromHeader(header);
  }

  private Span start(TraceContextOrSamplingFlags extracted) {
    return tracing.tracer().nextSpan(extracted).kind(kind).name(name).start();
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
    span.finish(response.lastWrite);
  }

  /**
   * Records the time just before the last content is written. A span that ended later could end
   * after its parent, since the caller may finish as soon as it has that content.
   */
  private static final class TimedResponse extends Response.Wrapper {
    private final Clock clock;
    private volatile long lastWrite;

    TimedResponse(Request request, Response response, Clock clock) {
      super(request, response);
      this.clock = clock;
      this.lastWrite = clock.currentTimeMicroseconds();
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
      if (content != null && content.hasRemaining()) {
        lastWrite = clock.currentTimeMicroseconds();
      }
      super.write(last, content, callback);
    }
  }

  /** A request with other headers. */
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
