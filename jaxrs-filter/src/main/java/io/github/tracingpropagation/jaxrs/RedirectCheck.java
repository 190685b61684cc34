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
   * @return null if only the host of the request's URI can receive it
   */
  @Nullable Refusal refusal(ClientRequestContext request);

  /**
   * Why a request must not forward.
   *
   * @param cause without a full stop
   * @param remedy as a sentence
   */
  record Refusal(String cause, String remedy) {}

  /** Returns the check for an engine; for an unknown one it always returns a reason. */
  static RedirectCheck of(Engine engine) {
    return switch (engine) {
      case JERSEY -> withLaterFilters(new JerseyRedirects());
      case RESTEASY -> withLaterFilters(ResteasyRedirects::refusal);
      case CXF -> CxfRedirects::refusal;
      case OTHER ->
          request -> {
            Object client = request.getClient();
            return new Refusal(
                (client == null ? request : client).getClass().getName() // as of CXF's WebClient
                    + " is not a supported client, and may follow redirects",
                "Use Jersey, RESTEasy or CXF.");
          };
    };
  }

  private static RedirectCheck withLaterFilters(RedirectCheck check) {
    return request -> {
      Refusal refusal = check.refusal(request);
      return refusal == null ? LaterFilters.refusal(request.getConfiguration()) : refusal;
    };
  }
}
