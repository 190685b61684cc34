// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.adapter.CapturedHeadersSource;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of a request, in the local data of its duplicated Vert.x context: no thread has it,
 * so none can keep it. Beneath what MicroProfile Context Propagation has restored on a thread,
 * since Vert.x's context there is that of the request which completes a chain.
 */
public final class RequestHeaders implements CapturedHeadersSource {
  private static final String KEY = RequestHeaders.class.getName();

  /** Restored on this thread by {@link HeadersContextProvider}; null if nothing was. */
  private static final ThreadLocal<@Nullable CapturedHeaders> RESTORED = new ThreadLocal<>();

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

  /**
   * Sets what this thread has, whatever its Vert.x context is.
   *
   * @param captured null for nothing
   * @return what it had
   */
  static @Nullable CapturedHeaders restore(@Nullable CapturedHeaders captured) {
    CapturedHeaders before = RESTORED.get();
    if (captured == null) {
      RESTORED.remove();
    } else {
      RESTORED.set(captured);
    }
    return before;
  }

  @Override
  public @Nullable CapturedHeaders current() {
    CapturedHeaders restored = RESTORED.get();
    if (restored != null) {
      return restored;
    }
    if (!VertxContext.isOnDuplicatedContext()) {
      return null;
    }
    Holder holder = ContextLocals.get(KEY, null);
    return holder == null ? null : holder.captured;
  }
}
