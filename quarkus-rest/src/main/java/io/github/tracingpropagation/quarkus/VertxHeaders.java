// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.adapter.InboundHeaders;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Map;

/** Iterates over the lines of a Vert.x request. */
final class VertxHeaders implements InboundHeaders {
  private final Iterator<Map.Entry<String, String>> lines;
  private Map.Entry<String, String> line = Map.entry("", "");

  VertxHeaders(MultiMap headers) {
    lines = headers.iterator();
  }

  @Override
  public boolean next() {
    if (!lines.hasNext()) {
      return false;
    }
    line = lines.next();
    return true;
  }

  @Override
  public String name() {
    return line.getKey();
  }

  @Override
  public String value() {
    return line.getValue();
  }
}
