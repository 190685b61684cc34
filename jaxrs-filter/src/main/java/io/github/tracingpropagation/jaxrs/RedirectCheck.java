// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a client sends a request to no other host than the one that its filter sees. A client
 * that follows redirects does so below its filters, with every header of the first request.
 */
@FunctionalInterface
interface RedirectCheck {
  /**
   * Checks one request, and disables redirects for it where the client has such a setting.
   *
   * @return null if only the host of the request's URI can receive it; otherwise the cause and the
   *     remedy, for {@link OnceLogger#warnNotForwarded}
   */
  @Nullable String reasonNotToForward(ClientRequestContext request);

  /** Returns the check for an engine; for an unknown one it always returns a reason. */
  static RedirectCheck of(Engine engine) {
    return switch (engine) {
      case JERSEY -> withLaterFilters(new JerseyRedirects());
      case RESTEASY -> withLaterFilters(ResteasyRedirects::reasonNotToForward);
      case CXF -> CxfRedirects::reasonNotToForward;
      case OTHER ->
          request -> {
            Object client = request.getClient();
            return reason(
                (client == null ? request : client).getClass().getName() // as of CXF's WebClient
                    + " is not a supported client, and may follow redirects",
                "Use Jersey, RESTEasy or CXF.");
          };
    };
  }

  private static RedirectCheck withLaterFilters(RedirectCheck check) {
    return request -> {
      String reason = check.reasonNotToForward(request);
      return reason == null ? LaterFilters.reasonNotToForward(request.getConfiguration()) : reason;
    };
  }

  /** Joins a cause, its consequence and its remedy. */
  static String reason(String cause, String remedy) {
    return cause + ", which could send them to a host that may not receive them. " + remedy;
  }
}
