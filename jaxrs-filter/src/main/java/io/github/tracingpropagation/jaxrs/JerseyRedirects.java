// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientRequestContext;
import java.util.Set;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * Switches following off for each request, unless the application has asked for it: its word is not
 * overruled. Without the property Jersey follows.
 */
final class JerseyRedirects {
  private static final String FOLLOW = ClientProperties.FOLLOW_REDIRECTS;

  /** Connectors that obey the property of a request. */
  private static final Set<String> PER_REQUEST =
      Set.of(
          "org.glassfish.jersey.client.HttpUrlConnectorProvider",
          "org.glassfish.jersey.apache.connector.ApacheConnectorProvider",
          "org.glassfish.jersey.apache5.connector.Apache5ConnectorProvider",
          "org.glassfish.jersey.grizzly.connector.GrizzlyConnectorProvider",
          "org.glassfish.jersey.jetty.connector.JettyConnectorProvider",
          "org.glassfish.jersey.netty.connector.NettyConnectorProvider");

  /** Connectors that obey only the property of their client, and only if it is a Boolean. */
  private static final Set<String> PER_CLIENT =
      Set.of(
          "org.glassfish.jersey.jdk.connector.JdkConnectorProvider",
          "org.glassfish.jersey.jnh.connector.JavaNetHttpConnectorProvider");

  private JerseyRedirects() {}

  static @Nullable String obstacle(ClientRequestContext request) {
    Object ofClient = request.getConfiguration().getProperty(FOLLOW);
    Object ofRequest = request.getProperty(FOLLOW);
    Object follow = ofRequest == null ? ofClient : ofRequest;
    if (follow != null && Boolean.parseBoolean(follow.toString())) {
      return "Jersey is told to follow redirects: remove " + FOLLOW;
    }
    String connector =
        request.getConfiguration() instanceof ClientConfig config
            ? config.getConnectorProvider().getClass().getName()
            : "";
    if (PER_REQUEST.contains(connector)) {
      request.setProperty(FOLLOW, false);
      return null;
    }
    return Boolean.FALSE.equals(ofClient) && PER_CLIENT.contains(connector)
        ? null
        : "Jersey may follow redirects with "
            + connector
            + (PER_CLIENT.contains(connector)
                ? ": set " + FOLLOW + " of the client to Boolean.FALSE"
                : ": use Jersey's own HttpUrlConnectorProvider");
  }
}
