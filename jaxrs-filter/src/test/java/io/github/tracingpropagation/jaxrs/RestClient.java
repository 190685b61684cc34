// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

/**
 * Jakarta REST clients with their HTTP libraries, by default and configured to follow redirects.
 */
enum RestClient {
  JERSEY_HTTP_URL_CONNECTION(true, follow -> jersey(new HttpUrlConnectorProvider(), follow)),
  JERSEY_APACHE_5(true, follow -> jersey(new Apache5ConnectorProvider(), follow)),
  JERSEY_APACHE_4(true, follow -> jersey(new ApacheConnectorProvider(), follow)),
  JERSEY_GRIZZLY(true, follow -> jersey(new GrizzlyConnectorProvider(), follow)),
  JERSEY_JETTY(true, follow -> jersey(new JettyConnectorProvider(), follow)),
  JERSEY_NETTY(true, follow -> jersey(new NettyConnectorProvider(), follow)),
  JERSEY_JNH(false, follow -> jersey(new JavaNetHttpConnectorProvider(), follow)),
  JERSEY_JDK(false, follow -> jersey(new JdkConnectorProvider(), follow)),
  JERSEY_JNH_REDIRECTS_DISABLED(
      true, follow -> withRedirectsSetting(new JavaNetHttpConnectorProvider(), follow)),
  JERSEY_JDK_REDIRECTS_DISABLED(
      true, follow -> withRedirectsSetting(new JdkConnectorProvider(), follow)),
  RESTEASY_APACHE(true, RestClient::resteasy),
  RESTEASY_APACHE_ASYNC(false, follow -> resteasy(follow).useAsyncHttpEngine()),
  RESTEASY_HTTP_URL_CONNECTION(
      false, follow -> resteasy(follow).httpEngine(new URLConnectionEngine())),
  CXF_HTTP_CLIENT(true, follow -> cxf(false, follow)),
  CXF_HTTP_URL_CONNECTION(true, follow -> cxf(true, follow));

  /** Daemon threads, so that they do not keep the JVM alive. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });

  /** Whether the application receives redirects, unless it configures the client to follow. */
  final boolean returnsRedirects;

  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  private final Function<Boolean, ClientBuilder> builder;

  RestClient(boolean returnsRedirects, Function<Boolean, ClientBuilder> builder) {
    this.returnsRedirects = returnsRedirects;
    this.builder = builder;
  }

  boolean isJersey() {
    return name().startsWith("JERSEY");
  }

  /** Returns a client with its default settings. */
  ClientBuilder withDefaults() {
    return selectEngine().apply(false);
  }

  /** Returns a client that the application configured to follow redirects. */
  ClientBuilder followingRedirects() {
    return selectEngine().apply(true);
  }

  private Function<Boolean, ClientBuilder> selectEngine() {
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

  private static ClientBuilder withRedirectsSetting(ConnectorProvider provider, boolean follow) {
    return jersey(provider, follow).property(ClientProperties.FOLLOW_REDIRECTS, follow);
  }

  /** With a context-propagating executor: on another, asynchronous calls forward nothing. */
  private static ResteasyClientBuilder resteasy(boolean follow) {
    ResteasyClientBuilder builder = new ResteasyClientBuilderImpl().setFollowRedirects(follow);
    builder.executorService(Context.taskWrapping(THREADS));
    return builder;
  }

  private static ClientBuilder cxf(boolean urlConnection, boolean follow) {
    ClientBuilder builder =
        new ClientBuilderImpl().property("force.urlconnection.http.conduit", urlConnection);
    return follow ? builder.property("http.autoredirect", true) : builder;
  }
}
