// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCase;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contract of every outbound adapter, with a real client and a real service. A client that follows
 * redirects when hosts are named extends {@link RedirectContract}, any other {@link
 * NoRedirectContract}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // a scope is only there to be closed
public abstract sealed class OutboundContract permits RedirectContract, NoRedirectContract {
  static final List<String> B3 =
      List.of(
          "x-request-id: 2fa3ab2b-7a0e-9aa4-8a5d-3f2b8a1f0c11",
          "x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7",
          "x-b3-spanid: e457b5a2e4d86bd1",
          "x-b3-sampled: 1");

  /** Forwards to the first of the two names of {@link Downstream} only. */
  static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder()
          .forwardTo(Destinations.hosts("127.0.0.1"))
          .additionalHeaders("authorization")
          .build();

  final Downstream ratings = Downstream.start();

  /**
   * Makes one synchronous call with a new client that has the adapter.
   *
   * @param lines headers that the application itself sets
   * @return the status
   */
  protected abstract int call(TracingPropagation propagation, URI uri, List<String> lines)
      throws Exception;

  @BeforeEach
  void forgetRequests() {
    ratings.reset();
  }

  @AfterAll
  void stopRatings() {
    ratings.close();
  }

  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  @DisplayName("rules 1 to 6, each row")
  protected void captured_isForwarded(PropagationCase row) throws Exception {
    TracingPropagation defaults = TracingPropagation.create();

    assertThat(forwarded(defaults, row.in(), List.of())).isEqualTo(row.out());
  }

  @Test
  @DisplayName("a header of the application's own")
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
  @DisplayName("a host that may not have the headers")
  void rule8_hostIsNotADestination_nothingIsForwarded() throws Exception {
    TracingPropagation propagation =
        TracingPropagation.builder().forwardTo(Destinations.hosts("ratings")).build();

    assertThat(forwarded(propagation, B3, List.of())).isEmpty();
  }

  @Test
  void rule8_hostIsADestination_isForwarded() throws Exception {
    List<String> lines = List.of(B3.get(0), "authorization: Bearer abc");

    assertThat(forwarded(TO_ADDRESS, lines, List.of())).isEqualTo(lines);
  }

  @Test
  @DisplayName("outside any request")
  void rule12_outsideAnyRequest_passesThrough() throws Exception {
    assertThat(call(TracingPropagation.create(), ratings.uri("/"), List.of("accept: text/plain")))
        .isEqualTo(200);
    assertThat(ratings.received()).isEmpty();
  }

  @Test
  @DisplayName("a block that forwards nothing")
  void emptySnapshot_keepsABlockFromForwarding() throws Exception {
    TracingPropagation propagation = TracingPropagation.create();
    try (Scope request = HeaderLines.extract(propagation, B3).makeCurrent();
        Scope block = CapturedHeaders.empty().makeCurrent()) {
      call(propagation, ratings.uri("/"), List.of());
    }

    assertThat(ratings.received()).isEmpty();
  }

  @Test
  void observer_isToldOfEachCallOnce() throws Exception {
    Events events = new Events();
    TracingPropagation anywhere = TracingPropagation.create().observedBy(events);
    TracingPropagation elsewhere =
        TracingPropagation.builder()
            .forwardTo(Destinations.hosts("ratings"))
            .build()
            .observedBy(events);

    assertThat(eventsOfACall(anywhere, events, B3, List.of())).containsExactly("forwarded");
    assertThat(eventsOfACall(elsewhere, events, B3, List.of())).containsExactly("withheld");
    assertThat(eventsOfACall(anywhere, events, List.of(), List.of())).isEmpty();
    assertThat(eventsOfACall(anywhere, events, B3.subList(1, 3), List.of("x-b3-sampled: 0")))
        .isEmpty();
  }

  private List<String> eventsOfACall(
      TracingPropagation propagation, Events events, List<String> inbound, List<String> own)
      throws Exception {
    ratings.reset();
    CapturedHeaders captured = TracingPropagation.create().capture(HeaderLines.fields(inbound));
    try (Scope scope = captured.makeCurrent()) {
      assertThat(call(propagation, ratings.uri("/ratings/0"), own)).isEqualTo(200);
    }
    return events.take();
  }

  /** Returns the headers that the service receives from a call in a request with these headers. */
  protected final List<String> forwarded(
      TracingPropagation propagation, List<String> inbound, List<String> own) throws Exception {
    Context context = HeaderLines.extract(propagation, inbound);
    try (Scope scope = context.makeCurrent()) {
      assertThat(call(propagation, ratings.uri("/ratings/0"), own)).isEqualTo(200);
    }
    return ratings.received();
  }
}
