// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was captured where each call was made, and no longer than somebody holds the call:
 * one that is made need never be executed. OkHttp asks for a call's event listener on the thread
 * that makes the call; its interceptors may run on another. Thread-safe.
 */
abstract class CallContexts implements EventListener.Factory {
  private static final System.Logger LOGGER = System.getLogger(CallContexts.class.getName());

  private final EventListener.Factory listeners;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Delegates to the user's own listeners.
   *
   * @param listeners makes the listener of each call
   */
  CallContexts(EventListener.Factory listeners) {
    this.listeners = listeners;
  }

  /** Returns the one that costs least with the OkHttp that is there. */
  static CallContexts of(EventListener.Factory listeners) {
    return TaggedCalls.ARE_POSSIBLE ? new TaggedCalls(listeners) : new WeakCalls(listeners);
  }

  @Override
  public final EventListener create(Call call) {
    EventListener listener = listeners.create(call);
    CapturedHeaders captured = CapturedHeaders.current();
    // Not the current context: if that refers to the call, a weak map never frees either.
    Context context = captured.isEmpty() ? Context.root() : captured.storeInContext(Context.root());
    return remember(call, context, listener);
  }

  /** Returns the listener that the call is to have, which delegates to this one. */
  abstract EventListener remember(Call call, Context context, EventListener listener);

  /**
   * Returns the context of the headers that a call forwards. For a call whose listener this factory
   * did not make it is the root context, since the thread's may be another call's.
   */
  final Context of(Call call) {
    Context context = get(call);
    if (context != null) {
      return context;
    }
    if (!warned.getAndSet(true)) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "OkHttp calls with another event listener than OkHttpTracingPropagation's forward"
              + " nothing. After newBuilder().eventListener(...) install once more. okhttp-sse 4"
              + " sets its own: use OkHttp 5, or inject into the request.");
    }
    return Context.root();
  }

  /** Returns what is remembered for a call, or null if nothing is. */
  abstract @Nullable Context get(Call call);
}
