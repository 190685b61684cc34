// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Scope;
import jakarta.annotation.Priority;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import org.apache.cxf.jaxrs.client.JAXRSClientFactory;
import org.apache.cxf.jaxrs.client.WebClient;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.http.HttpHost;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.client.HttpClientBuilder;
import org.glassfish.jersey.apache.connector.ApacheHttpClientBuilderConfigurator;
import org.glassfish.jersey.apache5.connector.Apache5HttpClientBuilderConfigurator;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.HttpUrlConnectorProvider;
import org.glassfish.jersey.client.HttpUrlConnectorProvider.ConnectionFactory;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.jboss.resteasy.client.jaxrs.ClientHttpEngine;
import org.jboss.resteasy.client.jaxrs.engines.ApacheHttpClient43Engine;
import org.jboss.resteasy.client.jaxrs.internal.ClientInvocation;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 8 if something sends a request to another host than the application has named. */
@SuppressWarnings("try") // the scope is only closed
class OtherHostTest {
  private static final String ID = "x-request-id: abc";
  private static final Feature TO_ADDRESS =
      new TracingPropagationFeature(
          TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build());

  private final Downstream ratings = Downstream.start();

  @AfterEach
  void stop() {
    ratings.close();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"JERSEY_JNH", "JERSEY_JDK", "RESTEASY_APACHE_ASYNC", "RESTEASY_HTTP_URL_CONNECTION"})
  void rule8_filterSetsAnotherUri_itsHostDecides(RestClient rest) {
    ClientBuilder away = rest.withDefaults().register(TO_ADDRESS).register(to(foreign()));
    assertThat(sent(away, ratings.uri("/1"))).isEmpty();
    assertThat(ratings.hops()).containsExactly("localhost/foreign");

    ClientBuilder back = rest.withDefaults().register(TO_ADDRESS).register(to(ratings.uri("/2")));
    assertThat(sent(back, ratings.otherHost("/1"))).containsExactly(ID);
    assertThat(ratings.hops()).containsExactly("127.0.0.1/2");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "JERSEY_HTTP_URL_CONNECTION",
        "JERSEY_APACHE_5",
        "RESTEASY_APACHE",
        "CXF_HTTP_CLIENT",
        "CXF_HTTP_URL_CONNECTION"
      })
  void rule8_filterMayRunAfterOurs_forwardsNothing(RestClient rest) {
    ClientRequestFilter last = to(foreign());

    assertForwardsNothing(
        rest.withDefaults().register(TO_ADDRESS).register(last, Integer.MAX_VALUE));
    assertForwardsNothing(
        rest.withDefaults().register(last, Integer.MAX_VALUE).register(TO_ADDRESS));
    assertForwardsNothing(rest.withDefaults().register(TO_ADDRESS).register(new Last(foreign())));
    assertForwardsNothing(rest.withDefaults().register(TO_ADDRESS).register(new Late(foreign())));
    try (Client client = rest.withDefaults().register(TO_ADDRESS).build()) {
      assertThat(sent(client.target(ratings.uri("/1")).register(last, Integer.MAX_VALUE)))
          .isEmpty();
    }
  }

  /** A proxy or a sidecar goes by it. Some engines send it, others ignore it; the JDK's throws. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "JERSEY_HTTP_URL_CONNECTION",
        "JERSEY_APACHE_4",
        "JERSEY_APACHE_5",
        "JERSEY_GRIZZLY",
        "JERSEY_JETTY",
        "JERSEY_NETTY",
        "RESTEASY_APACHE",
        "CXF_HTTP_CLIENT",
        "CXF_HTTP_URL_CONNECTION"
      })
  void rule8_hostHeaderNamesAnotherHost_forwardsNothing(RestClient rest) {
    ClientBuilder client =
        rest.withDefaults()
            .register(TO_ADDRESS)
            .register(
                (ClientRequestFilter)
                    request -> request.getHeaders().putSingle("Host", "example.com"));

    assertThat(sent(client, ratings.uri("/1"))).isEmpty();
  }

  @Test
  void rule8_filterMayRunAfterOurs_warnsOnce() {
    try (Log log = Log.open()) {
      for (int i = 0; i < 2; i++) {
        sent(
            RestClient.RESTEASY_APACHE
                .withDefaults()
                .register(TO_ADDRESS)
                .register(new Last(foreign())),
            ratings.uri("/1"));
      }

      assertThat(log.warnings())
          .containsExactly(
              "No tracing headers are forwarded with a Jakarta REST client: the filter "
                  + Last.class.getName()
                  + " may run last, and set another URI, which could send them to a host that may"
                  + " not receive them. Give it a priority below Integer.MAX_VALUE.");
    }
  }

  @Test
  void rule8_jerseysConnectionFactory_forwardsNothing() {
    RestClient.JERSEY_HTTP_URL_CONNECTION.withDefaults();
    HttpUrlConnectorProvider connectors =
        new HttpUrlConnectorProvider().connectionFactory(url -> connection(foreign()));

    assertForwardsNothing(
        new JerseyClientBuilder()
            .withConfig(new ClientConfig().connectorProvider(connectors))
            .register(TO_ADDRESS));
  }

  /** Jersey 4 has it; the tests are compiled with 3.1, too. */
  @Test
  void rule8_jerseysConnectorConfiguration_forwardsNothing() throws Exception {
    RestClient.JERSEY_HTTP_URL_CONNECTION.withDefaults();
    assumeThat(HttpUrlConnectorProvider.class.getMethods())
        .anyMatch(method -> method.getName().equals("config"));
    Object configuration = HttpUrlConnectorProvider.class.getMethod("config").invoke(null);
    ConnectionFactory connections = url -> connection(foreign());
    configuration
        .getClass()
        .getMethod("connectionFactory", ConnectionFactory.class)
        .invoke(configuration, connections);

    assertForwardsNothing(
        new JerseyClientBuilder()
            .property("jersey.config.client.ConnectorConfiguration", configuration)
            .register(TO_ADDRESS));
  }

  @Test
  @SuppressWarnings({"deprecation", "removal"}) // until RESTEasy has another engine
  void rule8_routePlannerOfTheApplication_forwardsNothing() {
    try (Downstream foreign = Downstream.start()) {
      HttpClientBuilder http =
          HttpClientBuilder.create()
              .setRoutePlanner(
                  (target, request, context) ->
                      new HttpRoute(new HttpHost("localhost", foreign.uri("/").getPort())));
      RestClient.RESTEASY_APACHE.withDefaults();
      send(
          new ResteasyClientBuilderImpl()
              .httpEngine(new ApacheHttpClient43Engine(http.build()))
              .register(TO_ADDRESS));
      assertThat(foreign.received()).isEmpty();

      foreign.reset();
      send(
          RestClient.JERSEY_APACHE_4
              .withDefaults()
              .register((ApacheHttpClientBuilderConfigurator) any -> http)
              .register(TO_ADDRESS));
      assertThat(foreign.received()).isEmpty();

      foreign.reset();
      send(
          RestClient.JERSEY_APACHE_5
              .withDefaults()
              .register(
                  (Apache5HttpClientBuilderConfigurator)
                      any ->
                          any.setRoutePlanner(
                              (target, context) ->
                                  new org.apache.hc.client5.http.HttpRoute(
                                      new org.apache.hc.core5.http.HttpHost(
                                          "localhost", foreign.uri("/").getPort()))))
              .register(TO_ADDRESS));
      assertThat(foreign.received()).isEmpty();
    }
  }

  @Test
  @SuppressWarnings({"deprecation", "removal"})
  void rule8_engineOfTheApplication_forwardsNothing() {
    RestClient.RESTEASY_APACHE.withDefaults();
    ClientHttpEngine engine =
        new ApacheHttpClient43Engine() {
          @Override
          public Response invoke(Invocation call) {
            ((ClientInvocation) call).setUri(foreign());
            return super.invoke(call);
          }
        };

    assertForwardsNothing(new ResteasyClientBuilderImpl().httpEngine(engine).register(TO_ADDRESS));
  }

  @ParameterizedTest
  @ValueSource(strings = {Phase.SETUP, Phase.PRE_LOGICAL, Phase.POST_LOGICAL, Phase.PREPARE_SEND})
  void rule8_interceptorOfCxfChangesTheAddress_forwardsNothing(String phase) {
    for (RestClient rest :
        List.of(RestClient.CXF_HTTP_CLIENT, RestClient.CXF_HTTP_URL_CONNECTION)) {
      try (Client client = rest.withDefaults().register(TO_ADDRESS).build()) {
        WebTarget target = client.target(ratings.uri("/1"));
        target.request(); // makes the WebClient that has the interceptors
        WebClient.getConfig(target).getOutInterceptors().add(new AddressChange(phase, foreign()));

        assertThat(sent(target)).isEmpty();
        assertThat(ratings.hops()).containsExactly("localhost/foreign");
      }
    }
  }

  @Test
  void rule8_filterOfAWebClientMayRunAfterOurs_forwardsNothing() {
    RestClient.CXF_HTTP_CLIENT.withDefaults();
    List<Object> providers = List.of(TO_ADDRESS, new Last(foreign()));
    try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      WebClient.create(ratings.uri("/1").toString(), providers).get().close();
    }

    assertThat(ratings.hops()).containsExactly("localhost/foreign");
    assertThat(ratings.received()).isEmpty();
  }

  /** CXF's proxies and WebClients have no Configuration. */
  @Test
  void rule8_proxyAndWebClientOfCxf_forwardToNamedHosts() {
    RestClient.CXF_HTTP_CLIENT.withDefaults();
    List<Object> providers = List.of(TO_ADDRESS, to(ratings.uri("/2")));
    String address = ratings.otherHost("/1").toString();
    try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      JAXRSClientFactory.create(address, Ratings.class, providers).get();
      WebClient.create(address, providers).get().close();
    }

    assertThat(ratings.hops()).containsExactly("127.0.0.1/2", "127.0.0.1/2");
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).containsExactly(ID);
  }

  /** The service that is called. Public, since Jakarta REST requires it. */
  @Path("/")
  public interface Ratings {
    /** Calls. */
    @GET
    String get();
  }

  /** What the filters see is not what CXF connects to. */
  @Test
  void rule8_requestUriOfCxfIsAnother_forwardsNothing() {
    RestClient.CXF_HTTP_CLIENT.withDefaults();
    WebClient client = WebClient.create(foreign().toString(), List.of(TO_ADDRESS));
    WebClient.getConfig(client)
        .getRequestContext()
        .put(Message.REQUEST_URI, "" + ratings.uri("/1"));
    try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      client.get().close();
    }

    assertThat(ratings.hops()).containsExactly("localhost/foreign");
    assertThat(ratings.received()).isEmpty();
  }

  private void assertForwardsNothing(ClientBuilder builder) {
    assertThat(sent(builder, ratings.uri("/1"))).isEmpty();
    assertThat(ratings.hops()).containsExactly("localhost/foreign");
  }

  /** Makes a call that may arrive elsewhere. */
  private void send(ClientBuilder builder) {
    try (Client client = builder.build();
        Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      client.target(ratings.uri("/1")).request().get().close();
    }
  }

  private List<String> sent(ClientBuilder builder, URI uri) {
    try (Client client = builder.build()) {
      return sent(client.target(uri));
    }
  }

  /** Returns the headers that a call sends. */
  private List<String> sent(WebTarget target) {
    ratings.reset();
    try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      target.request().get().close();
    }
    return ratings.received();
  }

  private URI foreign() {
    return ratings.otherHost("/foreign");
  }

  private static HttpURLConnection connection(URI uri) throws IOException {
    return (HttpURLConnection) uri.toURL().openConnection();
  }

  private static ClientRequestFilter to(URI uri) {
    return request -> request.setUri(uri);
  }

  /** A filter with the highest priority by annotation. */
  @Priority(Integer.MAX_VALUE)
  private record Last(URI uri) implements ClientRequestFilter {
    @Override
    public void filter(ClientRequestContext request) {
      request.setUri(uri);
    }
  }

  /** A feature that registers such a filter. */
  private record Late(URI uri) implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
      context.register(new Last(uri));
      return true;
    }
  }

  private static final class AddressChange extends AbstractPhaseInterceptor<Message> {
    private final URI address;

    AddressChange(String phase, URI address) {
      super(phase);
      addBefore("org.apache.cxf.interceptor.MessageSenderInterceptor");
      this.address = address;
    }

    @Override
    public void handleMessage(Message message) {
      message.put(Message.ENDPOINT_ADDRESS, address.toString());
    }
  }
}
