// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 7 with a tracer on the same client: its new and our captured headers never mix. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // a scope is only there to be closed
public abstract class TracedClientContract {
  private static final String B3_ID = "80f198ee56343ba864fe8b2a57d3eff7";
  private static final List<String> B3 =
      List.of(
          "b3: " + B3_ID + "-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90",
          "x-b3-traceid: " + B3_ID,
          "x-b3-spanid: e457b5a2e4d86bd1",
          "x-b3-parentspanid: 05e3ac9a4f6e3b90",
          "x-b3-sampled: 1");
  private static final List<String> W3C =
      List.of(
          "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          "tracestate: a=1");
  private static final String ID = "x-request-id: 2fa3ab2b-7a0e-9aa4-8a5d-3f2b8a1f0c11";

  private final Downstream ratings = Downstream.start();

  /**
   * Makes one call with a new client that both the tracer and this library instrument.
   *
   * @param tracerFirst whether the tracer is installed before this library, or after it
   */
  protected abstract void call(
      TracingPropagation propagation, Tracer tracer, boolean tracerFirst, URI uri) throws Exception;

  @AfterAll
  void stopRatings() {
    ratings.close();
  }

  static Stream<Arguments> tracersInBothOrders() {
    return Tracer.all()
        .flatMap(tracer -> Stream.of(Arguments.of(tracer, true), Arguments.of(tracer, false)));
  }

  @ParameterizedTest
  @MethodSource("tracersInBothOrders")
  void rule7_tracerSetsAFamily_restIsForwarded(Tracer tracer, boolean tracerFirst)
      throws Exception {
    TracingPropagation propagation = TracingPropagation.create();
    List<String> lines = new ArrayList<>(List.of(ID));
    lines.addAll(B3);
    lines.addAll(W3C);

    ratings.reset();
    try (Scope captured = HeaderLines.extract(propagation, lines).makeCurrent();
        Scope span = tracer.receive(lines)) {
      call(propagation, tracer, tracerFirst, ratings.uri("/ratings/0"));
    }

    List<String> received = ratings.received();
    List<String> fresh = HeaderLines.of(tracer.sent());
    boolean w3c = tracer.sent().containsKey("traceparent");
    assertThat(fresh.toString())
        .contains(w3c ? "0af7651916cd43dd8448eb211c80319c" : B3_ID)
        .doesNotContain("b7ad6b7169203331", "e457b5a2e4d86bd1");
    assertThat(received).contains(ID).containsAll(w3c ? B3 : W3C).containsAll(fresh);
    assertThat(received).hasSize(1 + (w3c ? B3 : W3C).size() + fresh.size());
  }
}
