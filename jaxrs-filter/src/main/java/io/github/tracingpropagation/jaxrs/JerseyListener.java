// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.opentelemetry.context.Scope;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;

/**
 * Jersey: opens and closes a scope around each part of a request that runs on one thread: the
 * request filters, the resource method, and the response with its filters and writers. So a worker
 * thread is clean as soon as an asynchronous method returns.
 *
 * <p>Used instead of {@link ServerFilter}, because Jersey fires the event that ends a part whatever
 * the part throws.
 */
final class JerseyListener implements ApplicationEventListener {
  private final TracingPropagation propagation;

  JerseyListener(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @Override
  public void onEvent(ApplicationEvent event) {}

  @Override
  public RequestEventListener onRequest(RequestEvent start) {
    return new RequestScopes(
        propagation.capture(
            InboundHeaders.of(start.getContainerRequest().getHeaders().entrySet())));
  }

  /**
   * The scopes of one request. Its events come from one thread after another, except that a
   * response may begin while the resource method still runs on its thread: hence two fields.
   */
  private static final class RequestScopes implements RequestEventListener {
    private final CapturedHeaders captured;
    private Scope requestScope;
    private Scope responseScope = Scope.noop();
    private boolean requestFiltersFinished;

    RequestScopes(CapturedHeaders captured) {
      this.captured = captured;
      requestScope = ServerFilter.openScope(captured);
    }

    @Override
    public void onEvent(RequestEvent event) {
      switch (event.getType()) {
        case REQUEST_FILTERED -> {
          requestFiltersFinished = true;
          requestScope.close();
        }
        case RESOURCE_METHOD_START -> requestScope = ServerFilter.openScope(captured);
        case RESOURCE_METHOD_FINISHED -> requestScope.close();
        case ON_EXCEPTION, RESP_FILTERS_START -> {
          if (responseScope == Scope.noop()) {
            responseScope = ServerFilter.openScope(captured);
          }
        }
        case FINISHED -> {
          responseScope.close();
          if (!requestFiltersFinished) {
            requestScope.close();
          }
        }
        default -> {}
      }
    }
  }
}
