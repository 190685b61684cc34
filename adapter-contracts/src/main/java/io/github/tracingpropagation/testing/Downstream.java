// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A real HTTP server for outbound calls, with two host names: 127.0.0.1 and localhost. */
public final class Downstream implements AutoCloseable {
  private static final Collection<String> NAMES =
      TracingPropagation.builder()
          .additionalHeaders("baggage", "authorization", "end-user")
          .forwardTo(Destinations.hosts("unused"))
          .build()
          .fields();

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  private Downstream() {}

  /** Starts a service that answers every request with 200. */
  public static Downstream start() {
    Downstream downstream = new Downstream();
    downstream.server.start();
    downstream.reset();
    return downstream;
  }

  /** Removes all requests and redirects. */
  public void reset() {
    server.resetAll();
    server.stubFor(any(anyUrl()).willReturn(ok()));
  }

  /** Returns a URI with the host 127.0.0.1. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Returns a URI with the host localhost, which is another host to {@link Destinations}. */
  public URI otherHost(String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }

  /** Configures a redirect. */
  public void redirect(String path, int status, URI location) {
    server.stubFor(
        any(urlEqualTo(path))
            .willReturn(status(status).withHeader("Location", location.toString())));
  }

  /** Returns the server, for further configuration. */
  public WireMockServer server() {
    return server;
  }

  /** Returns the tracing header lines of the only request. */
  public List<String> received() {
    assertThat(server.getAllServeEvents()).hasSize(1);
    return received(0);
  }

  /** Returns the tracing header lines of a request, by its number in order of arrival. */
  public List<String> received(int request) {
    LoggedRequest arrived = requests().get(request);
    return NAMES.stream()
        .filter(arrived::containsHeader)
        .flatMap(name -> arrived.header(name).values().stream().map(value -> name + ": " + value))
        .toList();
  }

  /** Returns the host and path of each request, in order of arrival. */
  public List<String> hops() {
    return requests().stream().map(request -> request.getHost() + request.getUrl()).toList();
  }

  private List<LoggedRequest> requests() {
    List<LoggedRequest> requests = new ArrayList<>();
    server.getAllServeEvents().forEach(event -> requests.add(0, event.getRequest()));
    return requests;
  }

  @Override
  public void close() {
    server.stop();
  }
}
