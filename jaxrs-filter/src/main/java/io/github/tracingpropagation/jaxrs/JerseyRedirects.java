// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.jaxrs.RedirectCheck.Refusal;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.core.Configuration;
import java.util.Set;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.HttpUrlConnectorProvider;
import org.glassfish.jersey.client.spi.ConnectorProvider;
import org.jspecify.annotations.Nullable;

/**
 * Jersey follows redirects unless a property disables it. Disables it for each request, except
 * where the application enabled it: the application's setting is not overridden.
 *
 * <p>One instance a client: it remembers the connector that it has examined.
 */
final class JerseyRedirects implements RedirectCheck {
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

  /** Jersey 4: an object with any setting of a connector. */
  private static final String CONNECTOR_CONFIGURATION =
      "jersey.config.client.ConnectorConfiguration";

  private volatile @Nullable ConnectorProvider examined;

  @Override
  public @Nullable Refusal refusal(ClientRequestContext request) {
    Object clientSetting = request.getConfiguration().getProperty(FOLLOW);
    Object requestSetting = request.getProperty(FOLLOW);
    Object follow = requestSetting == null ? clientSetting : requestSetting;
    if (follow != null && Boolean.parseBoolean(follow.toString())) {
      return new Refusal("Jersey is configured to follow redirects", "Remove " + FOLLOW + ".");
    }
    ClientConfig config = (ClientConfig) request.getConfiguration();
    ConnectorProvider provider = config.getConnectorProvider();
    String connector = provider.getClass().getName();
    if (isConfiguredInCode(provider, request)) {
      return new Refusal(
          "Jersey's connector is configured in code, and may connect to another host",
          "Remove its ConnectionFactory, ConnectorConfiguration or configurator, and use"
              + " properties.");
    }
    if (PER_REQUEST.contains(connector)) {
      request.setProperty(FOLLOW, false);
      return null;
    }
    return Boolean.FALSE.equals(clientSetting) && PER_CLIENT.contains(connector)
        ? null
        : new Refusal(
            "Jersey's connector " + connector + " may follow redirects",
            PER_CLIENT.contains(connector)
                ? "Set " + FOLLOW + " of the client to Boolean.FALSE."
                : "Use Jersey's default HttpUrlConnectorProvider.");
  }

  private boolean isConfiguredInCode(ConnectorProvider provider, ClientRequestContext request) {
    Configuration configuration = request.getConfiguration();
    if (request.getProperty(CONNECTOR_CONFIGURATION) != null
        || configuration.getProperty(CONNECTOR_CONFIGURATION) != null) {
      return true;
    }
    if (provider != examined) {
      if (provider.getClass() == HttpUrlConnectorProvider.class) {
        // Its ConnectionFactory is private, but compared.
        HttpUrlConnectorProvider unconfigured = new HttpUrlConnectorProvider();
        unconfigured.getConnector(request.getClient(), configuration); // sets defaults in Jersey 4
        if (!unconfigured.equals(provider)) {
          return true;
        }
      } else if (configuration.getInstances().stream()
          .anyMatch(instance -> isOfPackage(instance.getClass(), provider))) {
        return true;
      }
    }
    examined = provider;
    return false;
  }

  /** Returns whether a component implements an interface of the connector, such as Apache's. */
  private static boolean isOfPackage(Class<?> component, ConnectorProvider provider) {
    for (Class<?> type = component; type != null; type = type.getSuperclass()) {
      for (Class<?> contract : type.getInterfaces()) {
        if (contract.getPackageName().equals(provider.getClass().getPackageName())) {
          return true;
        }
      }
    }
    return false;
  }
}
