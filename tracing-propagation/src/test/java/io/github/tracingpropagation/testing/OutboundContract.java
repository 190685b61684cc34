// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every outbound adapter has to do, with a real client and a real service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // a scope is only there to be closed
public abstract class OutboundContract {
  private static final List<String> B3 =
      List.of(
          "x-request-id: 2fa3ab2b-7a0e-9aa4-8a5d-3f2b8a1f0c11",
          "x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7",
          "x-b3-spanid: e457b5a2e4d86bd1",
          "x-b3-sampled: 1");

  private final WireMockServer ratings =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  /**
   * Makes one synchronous call with a new client that has the adapter.
   *
   * @param lines headers that the application itself sets
   * @return the status
   */
  protected abstract int call(TracingPropagation propagation, URI uri, List<String> lines)
      throws Exception;

  @BeforeAll
  void startRatings() {
    ratings.start();
    ratings.stubFor(get(anyUrl()).willReturn(ok()));
  }

  @AfterAll
  void stopRatings() {
    ratings.stop();
  }

  @BeforeEach
  void forgetRequests() {
    ratings.resetRequests();
  }

  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.testing.PropagationCase#all")
  void captured_isForwarded(PropagationCase row) throws Exception {
    TracingPropagation defaults = TracingPropagation.create();

    assertThat(forwarded(defaults, row.in(), List.of())).isEqualTo(row.out());
  }

  @Test
  void rule7_applicationSetsAMember_familyIsLeft() throws Exception {
    List<String> own = List.of("X-B3-Sampled: 0");

    assertThat(forwarded(TracingPropagation.create(), B3, own))
        .containsExactly(B3.get(0), "x-b3-sampled: 0");
  }

  @Test
  void rule7_applicationSetsB3_multiHeadersAreLeft() throws Exception {
    List<String> own = List.of("b3: 0");

    assertThat(forwarded(TracingPropagation.create(), B3, own)).containsExactly(B3.get(0), "b3: 0");
  }

  @Test
  void rule8_hostIsNotADestination_nothingIsForwarded() throws Exception {
    TracingPropagation propagation =
        TracingPropagation.builder().forwardTo(Destinations.hosts("ratings")).build();

    assertThat(forwarded(propagation, B3, List.of())).isEmpty();
  }

  @Test
  void rule8_hostIsADestination_isForwarded() throws Exception {
    TracingPropagation propagation =
        TracingPropagation.builder()
            .forwardTo(Destinations.hosts("127.0.0.1"))
            .additionalHeaders("authorization")
            .build();
    List<String> lines = List.of(B3.get(0), "authorization: Bearer abc");

    assertThat(forwarded(propagation, lines, List.of())).isEqualTo(lines);
  }

  @Test
  void rule12_outsideAnyRequest_passesThrough() throws Exception {
    assertThat(call(TracingPropagation.create(), uri(), List.of("accept: text/plain")))
        .isEqualTo(200);
    assertThat(received()).isEmpty();
  }

  @Test
  void emptySnapshot_keepsABlockFromForwarding() throws Exception {
    TracingPropagation propagation = TracingPropagation.create();
    try (Scope request = HeaderLines.extract(propagation, B3).makeCurrent();
        Scope block = CapturedHeaders.empty().makeCurrent()) {
      call(propagation, uri(), List.of());
    }

    assertThat(received()).isEmpty();
  }

  /** Returns what arrives at the service of a call that a request with some headers causes. */
  private List<String> forwarded(
      TracingPropagation propagation, List<String> inbound, List<String> own) throws Exception {
    Context context = HeaderLines.extract(propagation, inbound);
    try (Scope scope = context.makeCurrent()) {
      assertThat(call(propagation, uri(), own)).isEqualTo(200);
    }
    return received();
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + ratings.port() + "/ratings/0");
  }

  /** The lines that arrived of the headers that this library knows, in its order. */
  private List<String> received() {
    List<LoggedRequest> requests =
        ratings.getAllServeEvents().stream().map(e -> e.getRequest()).toList();
    assertThat(requests).hasSize(1);
    TracingPropagation everything =
        TracingPropagation.builder()
            .additionalHeaders("baggage", "authorization", "end-user")
            .forwardTo(Destinations.hosts("ratings"))
            .build();
    return everything.fields().stream()
        .filter(requests.get(0)::containsHeader)
        .flatMap(
            name ->
                requests.get(0).header(name).values().stream().map(value -> name + ": " + value))
        .toList();
  }
}
