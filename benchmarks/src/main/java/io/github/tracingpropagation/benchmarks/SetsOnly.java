// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.propagation.TextMapSetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;

/** Sets the headers of the first request on every other. */
final class SetsOnly<C> implements Hop<C> {
  private final TextMapSetter<C> setter;
  private String[] fields = {};
  private boolean captured;

  SetsOnly(TextMapSetter<C> setter) {
    this.setter = setter;
  }

  @Override
  public void forward(HttpServletRequest inbound, C outbound) {
    if (!captured) {
      fields = capture(inbound);
      captured = true;
    }
    for (int i = 0; i < fields.length; i += 2) {
      setter.set(outbound, fields[i], fields[i + 1]);
    }
  }

  /** Returns names and values in turn. */
  @SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; this is none
  private static String[] capture(HttpServletRequest inbound) {
    List<String> fields = new ArrayList<>();
    Hop<List<String>> ours =
        Contender.ours(
            TracingPropagation.create(),
            (list, name, value) -> {
              list.add(name);
              list.add(value);
            });
    ours.forward(inbound, fields);
    return fields.toArray(new String[0]);
  }
}
