// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientRequestContext;
import java.util.Set;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * Jersey follows redirects unless a property disables it. Disables it for each request, except
 * where the application enabled it: the application's setting is not overridden.
 */
final class JerseyRedirects {
  private static final String FOLLOW = ClientProperties.FOLLOW_REDIRECTS;

  /** Connectors that read the property of the request. */
  static final Set<String> PER_REQUEST =
      Set.of(
          "org.glassfish.jersey.client.HttpUrlConnectorProvider",
          "org.glassfish.jersey.apache.connector.ApacheConnectorProvider",
          "org.glassfish.jersey.apache5.connector.Apache5ConnectorProvider",
          "org.glassfish.jersey.grizzly.connector.GrizzlyConnectorProvider",
          "org.glassfish.jersey.jetty.connector.JettyConnectorProvider",
          "org.glassfish.jersey.netty.connector.NettyConnectorProvider");

  /** Connectors that read only the property of the client, and only a Boolean. */
  static final Set<String> PER_CLIENT =
      Set.of(
          "org.glassfish.jersey.jdk.connector.JdkConnectorProvider",
          "org.glassfish.jersey.jnh.connector.JavaNetHttpConnectorProvider");

  private JerseyRedirects() {}

  static @Nullable String reasonNotToForward(ClientRequestContext request) {
    Object clientSetting = request.getConfiguration().getProperty(FOLLOW);
    Object requestSetting = request.getProperty(FOLLOW);
    Object follow = requestSetting == null ? clientSetting : requestSetting;
    if (follow != null && Boolean.parseBoolean(follow.toString())) {
      return RedirectCheck.reason(
          "Jersey is configured to follow redirects", "Remove " + FOLLOW + ".");
    }
    String connector =
        request.getConfiguration() instanceof ClientConfig config
            ? config.getConnectorProvider().getClass().getName()
            : "";
    if (PER_REQUEST.contains(connector)) {
      request.setProperty(FOLLOW, false);
      return null;
    }
    return Boolean.FALSE.equals(clientSetting) && PER_CLIENT.contains(connector)
        ? null
        : RedirectCheck.reason(
            "Jersey's connector " + connector + " may follow redirects",
            PER_CLIENT.contains(connector)
                ? "Set " + FOLLOW + " of the client to Boolean.FALSE."
                : "Use Jersey's default HttpUrlConnectorProvider.");
  }
}
