// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;

// docs: micronaut inbound
/** Adds the headers of each request to its propagated context. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class CapturingFilter {
  private final TracingPropagation propagation;

  CapturingFilter(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @RequestFilter
  void capture(HttpRequest<?> request, MutablePropagatedContext context) {
    InboundHeaders headers = InboundHeaders.of(request.getHeaders());
    context.add(new CurrentHeaders(propagation.capture(headers)));
  }

  /** Makes the headers current on each thread that Micronaut gives the request. */
  record CurrentHeaders(CapturedHeaders captured) implements ThreadPropagatedContextElement<Scope> {
    private static final ContextKey<CurrentHeaders> REQUEST = ContextKey.named("request");

    @Override
    public Scope updateThreadContext() {
      Context context = Context.current();
      return context.get(REQUEST) == this
          ? Scope.noop() // leaves a block of this request that forwards nothing
          : context.with(REQUEST, this).with(captured).makeCurrent();
    }

    @Override
    public void restoreThreadContext(Scope scope) {
      scope.close();
    }
  }
}
// docs: end
