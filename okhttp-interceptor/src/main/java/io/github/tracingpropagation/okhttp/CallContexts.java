// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static java.util.Objects.requireNonNullElse;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the context in which each call was made, and no longer than somebody holds the call:
 * one that is made need never be executed. OkHttp asks for a call's event listener on the thread
 * that makes the call; its interceptors may run on another. Thread-safe.
 */
abstract class CallContexts implements EventListener.Factory {
  private final EventListener.Factory listeners;

  /**
   * Goes between OkHttp and the user's own listeners.
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
    Context context = Context.current();
    return CapturedHeaders.from(context).isEmpty() ? listener : remember(call, context, listener);
  }

  /** Returns the listener that the call is to have, which hears all that this one would. */
  abstract EventListener remember(Call call, Context context, EventListener listener);

  /**
   * Returns the call's context, or one without headers for a call that was made without any, or
   * past this factory: what the thread has may be another call's.
   */
  final Context of(Call call) {
    return requireNonNullElse(get(call), Context.root());
  }

  /** Returns what is remembered for a call, or null if nothing is. */
  abstract @Nullable Context get(Call call);
}
