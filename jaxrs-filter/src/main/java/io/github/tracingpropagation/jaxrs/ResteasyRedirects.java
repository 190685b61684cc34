// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientRequestContext;
import java.util.Set;
import org.jboss.resteasy.client.jaxrs.ClientHttpEngine;
import org.jboss.resteasy.client.jaxrs.ResteasyClient;
import org.jspecify.annotations.Nullable;

/** RESTEasy follows redirects if its HTTP engine does, for all requests of a client. */
final class ResteasyRedirects {
  /**
   * Engines whose {@code isFollowRedirects()} is right. Not URLConnectionEngine: it returns false,
   * and follows.
   */
  static final Set<String> ENGINES =
      Set.of(
          "org.jboss.resteasy.client.jaxrs.engines.ApacheHttpClient43Engine",
          "org.jboss.resteasy.client.jaxrs.engines.ManualClosingApacheHttpClient43Engine");

  private ResteasyRedirects() {}

  static @Nullable String reasonNotToForward(ClientRequestContext request) {
    ClientHttpEngine engine = ((ResteasyClient) request.getClient()).httpEngine();
    String name = engine.getClass().getName();
    if (!ENGINES.contains(name)) {
      return RedirectCheck.reason(
          "RESTEasy's HTTP engine " + name + " may follow redirects",
          "Use RESTEasy's default engine.");
    }
    return engine.isFollowRedirects()
        ? RedirectCheck.reason(
            "RESTEasy is configured to follow redirects", "Remove setFollowRedirects(true).")
        : null;
  }
}
