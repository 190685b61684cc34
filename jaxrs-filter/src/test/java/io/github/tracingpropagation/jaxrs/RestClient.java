// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.function.Function;
import org.apache.cxf.jaxrs.client.spec.ClientBuilderImpl;
import org.glassfish.jersey.apache.connector.ApacheConnectorProvider;
import org.glassfish.jersey.apache5.connector.Apache5ConnectorProvider;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.HttpUrlConnectorProvider;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.glassfish.jersey.client.spi.ConnectorProvider;
import org.glassfish.jersey.grizzly.connector.GrizzlyConnectorProvider;
import org.glassfish.jersey.jdk.connector.JdkConnectorProvider;
import org.glassfish.jersey.jetty.connector.JettyConnectorProvider;
import org.glassfish.jersey.jnh.connector.JavaNetHttpConnectorProvider;
import org.glassfish.jersey.netty.connector.NettyConnectorProvider;
import org.jboss.resteasy.client.jaxrs.ResteasyClientBuilder;
import org.jboss.resteasy.client.jaxrs.engines.URLConnectionEngine;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;

/** The real clients beneath Jakarta REST, as they come and told to follow redirects. */
enum RestClient {
  JERSEY_HTTP_URL_CONNECTION(true, follow -> jersey(new HttpUrlConnectorProvider(), follow)),
  JERSEY_APACHE_5(true, follow -> jersey(new Apache5ConnectorProvider(), follow)),
  JERSEY_APACHE_4(true, follow -> jersey(new ApacheConnectorProvider(), follow)),
  JERSEY_GRIZZLY(true, follow -> jersey(new GrizzlyConnectorProvider(), follow)),
  JERSEY_JETTY(true, follow -> jersey(new JettyConnectorProvider(), follow)),
  JERSEY_NETTY(true, follow -> jersey(new NettyConnectorProvider(), follow)),
  JERSEY_JNH(false, follow -> jersey(new JavaNetHttpConnectorProvider(), follow)),
  JERSEY_JDK(false, follow -> jersey(new JdkConnectorProvider(), follow)),
  JERSEY_JNH_SWITCHED_OFF(true, follow -> switchedOff(new JavaNetHttpConnectorProvider(), follow)),
  JERSEY_JDK_SWITCHED_OFF(true, follow -> switchedOff(new JdkConnectorProvider(), follow)),
  RESTEASY_APACHE(true, RestClient::resteasy),
  RESTEASY_HTTP_URL_CONNECTION(
      false, follow -> resteasy(follow).httpEngine(new URLConnectionEngine())),
  CXF_HTTP_CLIENT(true, follow -> cxf(false, follow)),
  CXF_HTTP_URL_CONNECTION(true, follow -> cxf(true, follow));

  /** Whether it leaves redirects to the application unless it is told to follow. */
  final boolean leavesRedirects;

  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  private final Function<Boolean, ClientBuilder> builder;

  RestClient(boolean leavesRedirects, Function<Boolean, ClientBuilder> builder) {
    this.leavesRedirects = leavesRedirects;
    this.builder = builder;
  }

  boolean isJersey() {
    return name().startsWith("JERSEY");
  }

  /** Returns a new client as it comes. */
  ClientBuilder asItComes() {
    return use().apply(false);
  }

  /** Returns a new client that the application tells to follow. */
  ClientBuilder toldToFollow() {
    return use().apply(true);
  }

  private Function<Boolean, ClientBuilder> use() {
    RuntimeDelegate.setInstance(
        isJersey()
            ? new org.glassfish.jersey.server.internal.RuntimeDelegateImpl()
            : name().startsWith("RESTEASY")
                ? new ResteasyProviderFactoryImpl()
                : new org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl());
    return builder;
  }

  private static ClientBuilder jersey(ConnectorProvider provider, boolean follow) {
    ClientBuilder builder =
        new JerseyClientBuilder().withConfig(new ClientConfig().connectorProvider(provider));
    return follow ? builder.property(ClientProperties.FOLLOW_REDIRECTS, true) : builder;
  }

  private static ClientBuilder switchedOff(ConnectorProvider provider, boolean follow) {
    return jersey(provider, follow).property(ClientProperties.FOLLOW_REDIRECTS, follow);
  }

  private static ResteasyClientBuilder resteasy(boolean follow) {
    return new ResteasyClientBuilderImpl().setFollowRedirects(follow);
  }

  private static ClientBuilder cxf(boolean urlConnection, boolean follow) {
    ClientBuilder builder =
        new ClientBuilderImpl().property("force.urlconnection.http.conduit", urlConnection);
    return follow ? builder.property("http.autoredirect", true) : builder;
  }
}
