// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a client returns redirects to the application. A client that follows them does so
 * below its filters, with every header of the first request, to any host.
 */
@FunctionalInterface
interface RedirectCheck {
  /**
   * Checks one request, and disables redirects for it where the client has such a setting.
   *
   * @return null if the client follows no redirect; otherwise the cause and the remedy, for {@link
   *     OnceLogger#warnNotForwarded}
   */
  @Nullable String reasonNotToForward(ClientRequestContext request);

  /** Returns the check for an engine; for an unknown one it always returns a reason. */
  static RedirectCheck of(Engine engine) {
    return switch (engine) {
      case JERSEY -> JerseyRedirects::reasonNotToForward;
      case RESTEASY -> ResteasyRedirects::reasonNotToForward;
      case CXF -> CxfRedirects::reasonNotToForward;
      case OTHER ->
          request ->
              reason(
                  request.getClient().getClass().getName()
                      + " is not a supported client, and may follow redirects",
                  "Use Jersey, RESTEasy or CXF.");
    };
  }

  /** Joins a cause, its consequence and its remedy. */
  static String reason(String cause, String remedy) {
    return cause + ", which could send them to a host that may not receive them. " + remedy;
  }
}
