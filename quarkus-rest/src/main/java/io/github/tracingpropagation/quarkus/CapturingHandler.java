// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.quarkus.arc.DefaultBean;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;

/** Captures the headers of each request, before authentication and all other filters. */
@Singleton
final class CapturingHandler {
  private static final OnceLogger LOGGER = OnceLogger.of(CapturingHandler.class);

  /** The settings, unless the application has a bean of its own. */
  @Produces
  @Singleton
  @DefaultBean
  TracingPropagation propagation() {
    return TracingPropagation.fromEnvironment();
  }

  void register(@Observes Filters filters, TracingPropagation propagation) {
    LOGGER.log(Level.INFO, "Quarkus captures and forwards with " + propagation);
    filters.register(request -> capture(request, propagation), Integer.MAX_VALUE);
    filters.register(OwnContext::restore, 1); // the lowest that runs before all routes
  }

  private static void capture(RoutingContext request, TracingPropagation propagation) {
    CapturedHeaders captured = propagation.capture(new VertxHeaders(request.request().headers()));
    RequestHeaders.Holder holder = RequestHeaders.store(captured);
    if (holder != null && !captured.isEmpty()) {
      request.addEndHandler(ended -> holder.end());
    }
    OwnContext.note(request);
    request.next();
  }
}
