// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientRequestContext;
import java.util.Set;
import org.jboss.resteasy.client.jaxrs.ClientHttpEngine;
import org.jboss.resteasy.client.jaxrs.ResteasyClient;
import org.jspecify.annotations.Nullable;

/** RESTEasy follows if its engine does: the setting holds for a whole client. */
final class ResteasyRedirects {
  /** Engines that follow only if they say so. URLConnectionEngine does not say so, and follows. */
  private static final Set<String> ENGINES =
      Set.of(
          "org.jboss.resteasy.client.jaxrs.engines.ApacheHttpClient43Engine",
          "org.jboss.resteasy.client.jaxrs.engines.ManualClosingApacheHttpClient43Engine");

  private ResteasyRedirects() {}

  static @Nullable String obstacle(ClientRequestContext request) {
    ClientHttpEngine engine = ((ResteasyClient) request.getClient()).httpEngine();
    String name = engine.getClass().getName();
    if (!ENGINES.contains(name)) {
      return "RESTEasy may follow redirects with " + name + ": use its default engine";
    }
    return engine.isFollowRedirects()
        ? "RESTEasy is told to follow redirects: remove setFollowRedirects(true)"
        : null;
  }
}
