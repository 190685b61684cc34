// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a client leaves redirects to the application. One that follows them does so beneath
 * its filters, with every header of the first request, to any host.
 */
@FunctionalInterface
interface RedirectCheck {
  /**
   * Checks one request, and switches following off where the client offers that.
   *
   * @return null if no redirect is followed; otherwise the cause and the way out
   */
  @Nullable String obstacle(ClientRequestContext request);

  /** Returns the check for an implementation of Jakarta REST. */
  static RedirectCheck of(Engine engine) {
    return switch (engine) {
      case JERSEY -> JerseyRedirects::obstacle;
      case RESTEASY -> ResteasyRedirects::obstacle;
      case CXF -> CxfRedirects::obstacle;
      case OTHER ->
          request ->
              request.getClient().getClass().getName()
                  + " is not known here, and may follow redirects: use Jersey, RESTEasy or CXF";
    };
  }
}
