// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.jaxrs.RedirectCheck.Refusal;
import jakarta.ws.rs.client.ClientRequestContext;
import java.lang.reflect.Field;
import java.util.Set;
import org.jboss.resteasy.client.jaxrs.ClientHttpEngine;
import org.jboss.resteasy.client.jaxrs.ResteasyClient;
import org.jspecify.annotations.Nullable;

/** RESTEasy sends a request where its HTTP engine does, and follows redirects if that does. */
final class ResteasyRedirects {
  /**
   * Engines whose {@code isFollowRedirects()} is right. Not URLConnectionEngine: it returns false,
   * and follows.
   */
  static final Set<String> ENGINES =
      Set.of(
          "org.jboss.resteasy.client.jaxrs.engines.ApacheHttpClient43Engine",
          "org.jboss.resteasy.client.jaxrs.engines.ManualClosingApacheHttpClient43Engine");

  /** Apache's planners that connect to the host of the URI, or let a proxy do so. */
  static final Set<String> PLANNERS =
      Set.of(
          "org.apache.http.impl.conn.DefaultRoutePlanner",
          "org.apache.http.impl.conn.DefaultProxyRoutePlanner",
          "org.apache.http.impl.conn.SystemDefaultRoutePlanner");

  private ResteasyRedirects() {}

  static @Nullable Refusal refusal(ClientRequestContext request) {
    ClientHttpEngine engine = ((ResteasyClient) request.getClient()).httpEngine();
    String name = engine.getClass().getName();
    if (!ENGINES.contains(name)) {
      return new Refusal(
          "RESTEasy's HTTP engine " + name + " may follow redirects",
          "Use RESTEasy's default engine.");
    }
    return engine.isFollowRedirects()
        ? new Refusal(
            "RESTEasy is configured to follow redirects", "Remove setFollowRedirects(true).")
        : connectsToUri(engine)
            ? null
            : new Refusal(
                "RESTEasy's HttpClient may connect to another host", "Remove its route planner.");
  }

  /**
   * Returns whether requests go to the host of their URI: the application may have built the
   * HttpClient, which connects where its route planner says. By reflection, because the client does
   * not publish its planner, and Apache's classes may not be loadable.
   */
  private static boolean connectsToUri(ClientHttpEngine engine) {
    try {
      Object client = engine.getClass().getMethod("getHttpClient").invoke(engine);
      Field planner = client.getClass().getDeclaredField("routePlanner");
      planner.setAccessible(true);
      return PLANNERS.contains(planner.get(client).getClass().getName());
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }
}
