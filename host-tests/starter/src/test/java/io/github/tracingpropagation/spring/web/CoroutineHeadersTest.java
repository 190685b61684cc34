// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import kotlin.coroutines.EmptyCoroutineContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a coroutine leaves on a thread. */
@Tag("no-tracer")
class CoroutineHeadersTest {
  private final CoroutineHeaders element = new CoroutineHeaders(CapturedHeaders.empty());

  @Test
  void thread_hasWhatItHadBefore() {
    Context before = Context.root().with(ContextKey.named("of the thread"), "value");
    try (Scope scope = before.makeCurrent()) {
      CoroutineHeaders.Entered entered =
          element.updateThreadContext(EmptyCoroutineContext.INSTANCE);
      assertThat(CapturedHeaders.find(Context.current())).isNotNull();
      element.restoreThreadContext(EmptyCoroutineContext.INSTANCE, entered);
      assertThat(Context.current()).isSameAs(before);
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker")
  void scopeThatACoroutineHasNotClosed_isNotLeftOnTheThread() {
    CoroutineHeaders.Entered entered = element.updateThreadContext(EmptyCoroutineContext.INSTANCE);
    Context.current().with(ContextKey.named("of the coroutine"), "value").makeCurrent();
    element.restoreThreadContext(EmptyCoroutineContext.INSTANCE, entered);

    assertThat(Context.current()).isSameAs(Context.root());
  }
}
