// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

/** Lets a test see a message that an earlier application of the same JVM has caused. */
public final class OnceLoggerMemory {
  private OnceLoggerMemory() {}

  /** Makes every message new. */
  public static void clear() {
    OnceLogger.forget();
  }
}
