// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Constructor;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ThreadContextElement;
import kotlinx.coroutines.reactor.ReactorContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import reactor.core.publisher.Hooks;

/**
 * Makes the captured headers of a request current wherever its coroutine runs, and nothing else of
 * OpenTelemetry's context, as {@link CapturedHeadersAccessor}. Immutable, so that a coroutine and
 * its children share one. A later element of the application's own, with which a block forwards
 * other headers or none, is applied after this one and so wins.
 *
 * <p>Spring resumes a coroutine on whatever thread completes what it waits for, so also in the code
 * of another request.
 */
final class CoroutineHeaders extends AbstractCoroutineContextElement
    implements ThreadContextElement<CoroutineHeaders.Entered> {
  /** An element of Spring 7 that carries what Micrometer's context propagation does. */
  static final String SPRINGS_ELEMENT = "org.springframework.core.PropagationContextElement";

  private static final @Nullable Constructor<?> SPRINGS = springsElement();
  private static final Key KEY = new Key();

  private final CapturedHeaders captured;

  private static final class Key implements CoroutineContext.Key<CoroutineHeaders> {}

  /** What to restore on a thread. */
  record Entered(Context before, Scope scope) {}

  CoroutineHeaders(CapturedHeaders captured) {
    super(KEY);
    this.captured = captured;
  }

  private static @Nullable Constructor<?> springsElement() {
    try {
      return Class.forName(SPRINGS_ELEMENT).getConstructor();
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  static boolean springHasItsOwn() {
    return SPRINGS != null;
  }

  /**
   * Returns the context in which Spring is to run a coroutine of a request, with the elements that
   * Spring adds only if it is given no context.
   */
  static CoroutineContext context(CapturedHeaders captured) {
    CoroutineContext context = Dispatchers.getUnconfined();
    if (SPRINGS != null && Hooks.isAutomaticContextPropagationEnabled()) {
      context = context.plus((CoroutineContext) BeanUtils.instantiateClass(SPRINGS));
    }
    return context.plus(new CoroutineHeaders(captured));
  }

  /**
   * Returns the captured headers of a coroutine's chain. Spring 7 writes over them what the thread
   * has on which a coroutine calls; that is the coroutine's own only if it has this element.
   */
  static CapturedHeaders ofChain(CoroutineContext coroutine, CapturedHeaders onThread) {
    ReactorContext chain = coroutine.get(ReactorContext.Key);
    return chain != null
            && coroutine.get(KEY) == null
            && chain.getContext().hasKey(CapturedHeaders.class)
        ? chain.getContext().get(CapturedHeaders.class)
        : onThread;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // restoreThreadContext closes it
  public Entered updateThreadContext(CoroutineContext context) {
    Context before = Context.current();
    return new Entered(before, CoroutineRequest.enter(captured, before).makeCurrent());
  }

  /**
   * Restores the thread's context: OpenTelemetry ignores the close if the coroutine has left a
   * scope of its own open.
   */
  @Override
  @SuppressWarnings("MustBeClosedChecker") // nobody else would restore it
  public void restoreThreadContext(CoroutineContext context, Entered entered) {
    entered.scope().close();
    if (Context.current() != entered.before()) {
      entered.before().makeCurrent();
    }
  }
}
