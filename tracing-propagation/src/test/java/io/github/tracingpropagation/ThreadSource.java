// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.CapturedHeadersSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A source that a test sets for its thread. */
public final class ThreadSource implements CapturedHeadersSource {
  static final ThreadLocal<Supplier<@Nullable CapturedHeaders>> ANSWER =
      ThreadLocal.withInitial(() -> () -> null);

  @Override
  public @Nullable CapturedHeaders current() {
    return ANSWER.get().get();
  }
}
