// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.spi.context.storage.ContextLocal;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import java.util.function.BiConsumer;

// docs: vert.x
/** Keeps the headers of each request in its Vert.x context, and sets them on its calls. */
final class ForwardingTracer implements VertxTracer<Void, Void> {
  private static final ContextLocal<CapturedHeaders> CAPTURED =
      ContextLocal.registerLocal(CapturedHeaders.class);

  private final TracingPropagation propagation;

  ForwardingTracer(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @Override
  public <R> Void receiveRequest(
      Context context,
      SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      Iterable<Map.Entry<String, String>> lines,
      TagExtractor<R> tags) {
    if (request instanceof HttpRequest http) {
      MultiMap headers = http.headers();
      CAPTURED.put(
          context,
          propagation.capture(
              InboundHeaders.of(
                  headers.names().stream()
                      .map(name -> Map.entry(name, headers.getAll(name)))
                      .toList())));
    }
    return null;
  }

  /** Called for each hop: a redirect is another request, which has no headers of the first. */
  @Override
  public <R> Void sendRequest(
      Context context,
      SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      BiConsumer<String, String> setter,
      TagExtractor<R> tags) {
    CapturedHeaders captured = CAPTURED.get(context);
    if (captured != null && policy != TracingPolicy.IGNORE && request instanceof HttpRequest http) {
      propagation.inject(captured, new VertxHop(http, setter));
    }
    return null;
  }
}
// docs: end
