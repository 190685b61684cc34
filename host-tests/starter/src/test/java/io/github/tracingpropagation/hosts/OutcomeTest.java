// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a tracer's header is judged, where the tracer may mix requests and elsewhere. */
class OutcomeTest {
  private final InboundHeaders request = InboundHeaders.next();
  private final InboundHeaders another = InboundHeaders.next();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void spanOfTheTracer_inAnothersTrace_isWrongUnlessTheTracerMixes(boolean mixes) {
    String span = "00-" + another.traceId() + "-00f067aa0ba902b7-01";
    assertThat(outcome(span, mixes)).isEqualTo(mixes ? Outcome.NOTHING : Outcome.WRONG);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void spanOfTheTracer_inItsOwnTrace_isRight(boolean mixes) {
    String span = "00-" + request.traceId() + "-00f067aa0ba902b7-01";
    assertThat(outcome(span, mixes)).isEqualTo(Outcome.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void capturedValue_isWrong(boolean mixes) {
    assertThat(outcome(another.all().get("traceparent"), mixes)).isEqualTo(Outcome.WRONG);
    assertThat(outcome(request.all().get("traceparent"), mixes)).isEqualTo(Outcome.WRONG);
  }

  private Outcome outcome(String traceparent, boolean mixes) {
    return Outcome.of(request, Map.of("traceparent", traceparent), List.of("traceparent"), mixes);
  }
}
