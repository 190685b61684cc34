// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.adapter.CapturedHeadersSource;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of a request, in the local data of its duplicated Vert.x context: no thread has it,
 * so none can keep it. Beneath what MicroProfile Context Propagation has restored on a thread,
 * since Vert.x's context there is that of the request which completes a chain.
 */
public final class RequestHeaders implements CapturedHeadersSource {
  private static final String KEY = RequestHeaders.class.getName();

  /** What this thread has by {@link #restore}, if anything. */
  private static final ThreadLocal<@Nullable Restored> RESTORED = new ThreadLocal<>();

  /** For {@link java.util.ServiceLoader}. */
  public RequestHeaders() {}

  /**
   * What a request's context, and each copy of that context, refers to. Empty once the response has
   * ended, since a periodic task that the request has started keeps a context for ever.
   */
  static final class Holder {
    private volatile CapturedHeaders captured;

    Holder(CapturedHeaders captured) {
      this.captured = captured;
    }

    void end() {
      captured = CapturedHeaders.empty();
    }
  }

  /** Stores a snapshot in the current context; not in a root context, which all requests share. */
  static @Nullable Holder store(CapturedHeaders captured) {
    if (!VertxContext.isOnDuplicatedContext()) {
      return null;
    }
    Holder holder = new Holder(captured);
    ContextLocals.put(KEY, holder);
    return holder;
  }

  /** Returns whether the request of the current context is captured. */
  static boolean isStored() {
    return VertxContext.isOnDuplicatedContext() && ContextLocals.get(KEY, null) != null;
  }

  /**
   * What a function was created with, on the thread that runs it.
   *
   * @param context that of the thread when the function began, which may be another request's. If
   *     the function completes a promise, Vert.x runs the handlers at once, in their own context:
   *     these are not part of the function
   */
  record Restored(CapturedHeaders captured, @Nullable Context context) {}

  /**
   * Sets what this thread has while its Vert.x context remains the same.
   *
   * @return what it had, for {@link #reset}
   */
  static @Nullable Restored restore(CapturedHeaders captured) {
    Restored before = RESTORED.get();
    RESTORED.set(new Restored(captured, Vertx.currentContext()));
    return before;
  }

  static void reset(@Nullable Restored before) {
    if (before == null) {
      RESTORED.remove();
    } else {
      RESTORED.set(before);
    }
  }

  @Override
  public @Nullable CapturedHeaders current() {
    Context context = Vertx.currentContext();
    Restored restored = RESTORED.get();
    if (restored != null && restored.context() == context) {
      return restored.captured();
    }
    Holder holder =
        context != null && VertxContext.isDuplicatedContext(context)
            ? ContextLocals.get(KEY, null)
            : null;
    return holder != null ? holder.captured : restored != null ? restored.captured() : null;
  }
}
