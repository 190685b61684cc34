// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Services and sidecars, closed in the reverse order of their start, so that callers stop before
 * those they call. Not for use by several threads at once.
 */
public final class Parts implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Returns the part, which has started. */
  public <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e); // no part of the demo throws a checked exception
      }
    }
  }
}
