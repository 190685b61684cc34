// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Returns a request to its own Vert.x context: where authorization waits for something that another
 * request completes, Quarkus goes on in the context of that other request. Knows nothing of Jakarta
 * REST, which an application may not have.
 */
final class OwnContext {
  private static final String KEY = OwnContext.class.getName();

  private OwnContext() {}

  /** Notes the current context as that of a request. */
  static void note(RoutingContext request) {
    request.put(KEY, Vertx.currentContext());
  }

  /** Returns the context of a request, or null if it is not noted. */
  static @Nullable Context of(RoutingContext request) {
    return request.get(KEY);
  }

  /** After authorization, before all routes. */
  static void restore(RoutingContext request) {
    Context own = of(request);
    if (own == null || own == Vertx.currentContext()) {
      request.next();
    } else {
      own.runOnContext(nothing -> request.next());
    }
  }
}
