// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;

/**
 * In Jersey the place of {@link ServerFilter}: opens and closes a scope around each part of a
 * request that runs on one thread, so that a worker is clean once an asynchronous method returns.
 *
 * <p>The parts are what comes before the resource method, the method, and the response with its
 * filters and writers. Jersey tells their ends whatever they throw.
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
    CapturedHeaders captured =
        CapturedHeaders.from(
            propagation.extract(
                Context.current(), new RequestHeaders(start.getContainerRequest())));
    return new Parts(captured);
  }

  /**
   * The scopes of one request. Its threads follow one another, but for a response that begins while
   * the method still runs; it has a field of its own.
   */
  private static final class Parts implements RequestEventListener {
    private final CapturedHeaders captured;
    private Scope request;
    private Scope response = Scope.noop();
    private boolean matched;

    Parts(CapturedHeaders captured) {
      this.captured = captured;
      request = ServerFilter.open(captured);
    }

    @Override
    public void onEvent(RequestEvent event) {
      switch (event.getType()) {
        case REQUEST_FILTERED -> {
          matched = true;
          request.close();
        }
        case RESOURCE_METHOD_START -> request = ServerFilter.open(captured);
        case RESOURCE_METHOD_FINISHED -> request.close();
        case ON_EXCEPTION, RESP_FILTERS_START -> {
          if (response == Scope.noop()) {
            response = ServerFilter.open(captured);
          }
        }
        case FINISHED -> {
          response.close();
          if (!matched) {
            request.close();
          }
        }
        default -> {}
      }
    }
  }
}
