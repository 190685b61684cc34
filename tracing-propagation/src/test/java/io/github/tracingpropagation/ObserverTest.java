// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.adapter.PropagationObserver;
import io.github.tracingpropagation.testing.Events;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an observer is told. */
class ObserverTest {
  private static final URI RATINGS = URI.create("http://ratings:9080/");
  private static final String TRACE_ID = "x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7";
  private static final String PARENT =
      "traceparent: 00-80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-01";

  private final Events events = new Events();
  private final TracingPropagation observed =
      TracingPropagation.builder().maxValueLength(100).build().observedBy(events);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x-b3-sampled: maybe                | dropped x-b3-sampled MALFORMED
          x-request-id: \u00fc               | dropped x-request-id MALFORMED
          sw8: LONG                          | dropped sw8 TOO_LONG
          tracestate: a=1                    | dropped tracestate INCOMPLETE
          x-b3-spanid: e457b5a2e4d86bd1      | dropped x-b3-spanid INCOMPLETE
          """)
  void droppedValue_isSaidWithItsReason(String line, String event) {
    capture(line.replace("LONG", "x".repeat(101)));

    assertThat(events.take()).containsExactly(event, "captured []");
  }

  @Test
  void repeatedLines_areSaidOnce() {
    for (List<String> lines : List.of(List.of(PARENT, PARENT, PARENT), List.of(PARENT, PARENT))) {
      observed.capture(HeaderLines.fields(lines));
      assertThat(events.take()).containsExactly("dropped traceparent REPEATED", "captured []");
      observed.capture(HeaderLines.names(lines));
      assertThat(events.take()).containsExactly("dropped traceparent REPEATED", "captured []");
    }
  }

  @Test
  void malformedHeader_takesThoseAlongThatNeedIt() {
    capture(TRACE_ID, "x-b3-spanid: -", "x-b3-parentspanid: e457b5a2e4d86bd1", "x-b3-sampled: 1");

    assertThat(events.take())
        .containsExactly(
            "dropped x-b3-spanid MALFORMED",
            "dropped x-b3-traceid INCOMPLETE",
            "dropped x-b3-parentspanid INCOMPLETE",
            "captured [x-b3-sampled]");
  }

  @Test
  void blankAndUnknownHeaders_areNotDropped() {
    capture("x-b3-sampled: ", "user-agent: \u00fc", "end-user: jason");

    assertThat(events.take()).containsExactly("captured []");
  }

  @Test
  void extract_isTold() {
    observed.extract(Context.root(), List.of("x-request-id: 1"), HeaderLines.getter());
    assertThat(events.take()).containsExactly("captured [x-request-id]");
  }

  @Test
  void inject_isTold() {
    TracingPropagation withheld =
        TracingPropagation.builder()
            .forwardTo(Destinations.hosts("details"))
            .build()
            .observedBy(events);
    Context context = HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: 1"));

    assertThat(inject(observed, context)).containsExactly("x-request-id: 1");
    assertThat(events.take()).containsExactly("forwarded");
    assertThat(inject(withheld, context)).isEmpty();
    assertThat(events.take()).containsExactly("withheld");
    assertThat(HeaderLines.inject(withheld, context)).isEmpty();
    assertThat(events.take()).containsExactly("withheld");
    assertThat(HeaderLines.inject(observed, context)).containsExactly("x-request-id: 1");
    assertThat(events.take()).containsExactly("forwarded");
    assertThat(inject(withheld, Context.root())).isEmpty();
    assertThat(HeaderLines.inject(withheld, Context.root())).isEmpty();
    assertThat(events.take()).isEmpty();
  }

  @Test
  void refusal_isLoggedOnceAndToldEachTime() {
    OnceLogger logger = OnceLogger.of(ObserverTest.class);
    try (Log log = Log.open()) {
      for (int i = 0; i < 2; i++) {
        logger.notForwarded(observed, "a client", "its caller is not known", "Do this.");
        logger.mayReachOtherHost(observed, "a client", "it follows redirects", "Do that.");
        logger.notForwarded(TracingPropagation.create(), "a client", "nobody counts", "Listen.");
      }
      assertThat(log.warnings()).hasSize(3);
    }
    assertThat(events.take())
        .containsExactly(
            "refused a client: its caller is not known UNKNOWN_CALLER",
            "refused a client: it follows redirects UNKNOWN_HOST",
            "refused a client: its caller is not known UNKNOWN_CALLER",
            "refused a client: it follows redirects UNKNOWN_HOST");
  }

  @Test
  void copy_leavesTheOriginalUnobserved_andHasItsSettings() {
    TracingPropagation original = TracingPropagation.builder().maxValueLength(9).build();
    TracingPropagation copy = original.observedBy(events);

    original.capture(HeaderLines.fields(List.of("x-request-id: 1")));

    assertThat(events.take()).isEmpty();
    assertThat(copy).hasToString(original.toString());
    assertThat(copy.settings()).isEqualTo(original.settings());
    assertThat(copy.fields()).isEqualTo(original.fields());
  }

  /** Rule 12: requests never throw. */
  @Test
  void rule12_observerThrows_nothingElseChanges() {
    Events others = new Events();
    TracingPropagation hostile =
        TracingPropagation.create().observedBy(new Throwing()).observedBy(others);
    List<String> lines = List.of("x-request-id: secret", "x-b3-sampled: ?");

    try (Log log = Log.open()) {
      Context context = HeaderLines.extract(hostile, lines);
      assertThat(inject(hostile, context)).containsExactly("x-request-id: secret");
      hostile.observer().refused(PropagationObserver.RefusalCause.UNKNOWN_HOST, "a client", "so");
      HeaderLines.extract(hostile, lines);

      assertThat(log.warnings())
          .containsExactlyInAnyOrder(
              warning("java.lang.IllegalStateException"), warning("java.lang.AssertionError"));
    }
    assertThat(others.take())
        .containsExactly(
            "dropped x-b3-sampled MALFORMED",
            "captured [x-request-id]",
            "forwarded",
            "refused a client: so UNKNOWN_HOST",
            "dropped x-b3-sampled MALFORMED",
            "captured [x-request-id]");
  }

  private static String warning(String exception) {
    return "The observer "
        + Throwing.class.getName()
        + " throws "
        + exception
        + ", which is ignored. Headers are captured and forwarded all the same.";
  }

  private static final class Throwing implements PropagationObserver {
    @Override
    public void captured(CapturedHeaders captured) {
      throw new IllegalStateException(captured.requestId());
    }

    @Override
    public void dropped(String header, DropReason reason) {
      throw new AssertionError(header);
    }

    @Override
    public void forwarded() {
      throw new IllegalStateException("forwarded");
    }

    @Override
    public void refused(RefusalCause cause, String client, String reason) {
      throw new AssertionError(reason);
    }
  }

  private void capture(String... lines) {
    observed.capture(HeaderLines.fields(List.of(lines)));
  }

  private static List<String> inject(TracingPropagation propagation, Context context) {
    List<String> lines = new ArrayList<>();
    propagation.inject(
        context, RATINGS, lines, (to, name, value) -> lines.add(name + ": " + value));
    return lines;
  }
}
