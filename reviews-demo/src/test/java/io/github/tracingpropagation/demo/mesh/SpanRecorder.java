// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records the spans that sidecars report. Threads may share it. */
final class SpanRecorder extends SpanHandler {
  private final List<MutableSpan> finished = Collections.synchronizedList(new ArrayList<>());

  @Override
  public boolean end(@Nullable TraceContext context, MutableSpan span, @Nullable Cause cause) {
    return finished.add(span);
  }

  /** Waits for this number of spans: a span is reported after the response. */
  List<MutableSpan> finished(int expected) throws Exception {
    List<MutableSpan> spans =
        Poll.until(
            found -> found.size() >= expected, Duration.ofSeconds(30), () -> List.copyOf(finished));
    assertThat(spans).hasSize(expected);
    return spans;
  }

  MutableSpan only() throws Exception {
    return finished(1).get(0);
  }
}
