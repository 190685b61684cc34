// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.opentelemetry.context.Context;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Call;
import okhttp3.EventListener;

/**
 * Remembers the context in which each call was made. OkHttp asks for a call's event listener on the
 * thread that makes the call; its interceptors may run on another. Thread-safe.
 */
final class CallContexts implements EventListener.Factory {
  private final EventListener.Factory listeners;

  /** Weak, because a call that is made need never be executed. A call equals only itself. */
  private final Map<Call, Context> contexts = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Goes between OkHttp and the user's own listeners.
   *
   * @param listeners makes the listener of each call
   */
  CallContexts(EventListener.Factory listeners) {
    this.listeners = listeners;
  }

  @Override
  public EventListener create(Call call) {
    contexts.put(call, Context.current());
    return listeners.create(call);
  }

  /**
   * Returns the call's context, or one without headers for a call that was made past this factory:
   * what the thread has may be another call's.
   */
  Context of(Call call) {
    return contexts.getOrDefault(call, Context.root());
  }
}
