// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import brave.Clock;
import brave.Span;
import brave.Tracing;
import brave.propagation.Propagation;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Does with the tracing headers of a request what Envoy does, and makes a span of it. Towards the
 * application it joins the caller's span; from there it starts a child of the span whose headers
 * the application sent, or, as those of a request without any, the first of a new trace.
 */
final class TracingHandler extends Handler.Wrapper {
  private static final String B3 = "b3";

  /** Envoy ignores the several headers beside the single one. */
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
   * Creates one.
   *
   * @param kind {@code SERVER} towards the application, {@code CLIENT} from there
   * @param name of the spans
   * @param percent of the requests without a decision to sample
   * @param next sends the request on
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
    RequestId id = RequestId.of(headers.get(RequestId.HEADER));
    boolean sampled = id.isSampled(percent);
    id = sampled ? id.sampled() : id;
    headers.put(RequestId.HEADER, id.value());

    TraceContextOrSamplingFlags extracted = extractor.extract(headers);
    Request onward = new WithHeaders(request, headers);
    if (isMalformed(extracted, headers)) {
      return super.handle(onward, response, callback);
    }
    Span span = start(extracted.sampled() == null ? extracted.sampled(sampled) : extracted);
    // Else the next one would take an older word for ours.
    headers.remove(B3);
    tracing.propagation().keys().forEach(headers::remove);
    injector.inject(span.context(), headers);
    if (span.isNoop()) { // not sampled, and so its headers say
      return super.handle(onward, response, callback);
    }
    tag(span, request, id);
    TimedResponse timed = new TimedResponse(onward, response, tracing.clock(span.context()));
    Request.addCompletionListener(request, failure -> finish(span, timed, failure));
    return super.handle(onward, timed, callback);
  }

  private Span start(TraceContextOrSamplingFlags extracted) {
    TraceContext caller = extracted.context();
    Span span =
        kind == Span.Kind.SERVER && caller != null
            ? tracing.tracer().joinSpan(caller)
            : tracing.tracer().nextSpan(extracted);
    return span.kind(kind).name(name).start();
  }

  /** The names are those of Istio. */
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

  /** Ids that are none keep Envoy from tracing the request, and are left to the next one. */
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

  /**
   * Ends the span before the caller can see the end: what comes later would outlast the caller's.
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
    public void write(boolean last, ByteBuffer content, Callback callback) {
      if (content != null && content.hasRemaining()) {
        lastWrite = clock.currentTimeMicroseconds();
      }
      super.write(last, content, callback);
    }
  }
}
