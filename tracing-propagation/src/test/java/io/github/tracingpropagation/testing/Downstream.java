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

/** A real service that outbound calls reach, under the two names that loopback has. */
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

  /** Forgets all requests and redirects. */
  public void reset() {
    server.resetAll();
    server.stubFor(any(anyUrl()).willReturn(ok()));
  }

  /** Returns a URI of the service's address. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Returns a URI of the service's name, which is another host. */
  public URI otherHost(String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }

  /** Lets a path redirect. */
  public void redirect(String path, int status, URI location) {
    server.stubFor(
        any(urlEqualTo(path))
            .willReturn(status(status).withHeader("Location", location.toString())));
  }

  /** Returns the real server, for what else a test may want it to do. */
  public WireMockServer server() {
    return server;
  }

  /** Returns the lines that arrived with the only request, of the headers that matter here. */
  public List<String> received() {
    assertThat(server.getAllServeEvents()).hasSize(1);
    return received(0);
  }

  /** Returns the lines that arrived with one of the requests, in the order of their arrival. */
  public List<String> received(int request) {
    LoggedRequest arrived = requests().get(request);
    return NAMES.stream()
        .filter(arrived::containsHeader)
        .flatMap(name -> arrived.header(name).values().stream().map(value -> name + ": " + value))
        .toList();
  }

  /** Returns the paths that were asked for, each with its host. */
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
