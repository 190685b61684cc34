// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Stores the captured headers of each call, from the thread that creates it: that is where OkHttp
 * creates a call's event listener, while interceptors may run on another thread. The headers are
 * retained no longer than the call, which need never be executed. Thread-safe.
 */
abstract class CallHeaders implements EventListener.Factory {
  private static final OnceLogger LOGGER = OnceLogger.of(OkHttpTracingPropagation.class);

  private final EventListener.Factory delegate;

  CallHeaders(EventListener.Factory delegate) {
    this.delegate = delegate;
  }

  /**
   * Returns the implementation that costs least with the OkHttp release on the class path.
   *
   * @param delegate the user's {@code EventListener.Factory}
   */
  static CallHeaders delegatingTo(EventListener.Factory delegate) {
    return CallTagHeaders.SUPPORTED ? new CallTagHeaders(delegate) : new WeakMapHeaders(delegate);
  }

  @Override
  public final EventListener create(Call call) {
    EventListener listener = delegate.create(call);
    return store(call, CapturedHeaders.current(), listener);
  }

  /**
   * Stores a new call's headers, and returns the call's listener, which delegates to this one. Not
   * the current context, which a {@code WeakHashMap} would hold for ever if it refers to the call.
   */
  abstract EventListener store(Call call, CapturedHeaders captured, EventListener listener);

  /**
   * Returns what a call forwards: nothing if another factory has created its listener, since what
   * is current on this thread may be another call's.
   */
  final CapturedHeaders of(Call call, TracingPropagation propagation) {
    CapturedHeaders captured = find(call);
    if (captured != null) {
      return captured;
    }
    LOGGER.notForwarded(
        propagation,
        "OkHttp calls",
        "they have another event listener than OkHttpTracingPropagation's",
        "After newBuilder().eventListener(...) install once more. okhttp-sse 4 sets its own: use"
            + " OkHttp 5, or inject into the request.");
    return CapturedHeaders.empty();
  }

  /** Returns the stored headers of a call, or null. */
  abstract @Nullable CapturedHeaders find(Call call);
}
