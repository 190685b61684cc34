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
 * Stores the captured headers of each call, from the thread that creates it: that is where OkHttp
 * creates a call's event listener, while interceptors may run on another thread. The headers are
 * retained no longer than the call, which need never be executed. Thread-safe.
 */
abstract class CallContexts implements EventListener.Factory {
  private static final System.Logger LOGGER = System.getLogger(CallContexts.class.getName());

  private final EventListener.Factory delegate;
  private final AtomicBoolean warned = new AtomicBoolean();

  CallContexts(EventListener.Factory delegate) {
    this.delegate = delegate;
  }

  /**
   * Returns the implementation that costs least with the OkHttp release on the class path.
   *
   * @param delegate the user's {@code EventListener.Factory}
   */
  static CallContexts delegatingTo(EventListener.Factory delegate) {
    return CallTagContexts.SUPPORTED
        ? new CallTagContexts(delegate)
        : new WeakMapContexts(delegate);
  }

  /**
   * Returns a context with the current captured headers and nothing else; the root context if there
   * are none. Not the current context itself, which would be retained as long as the call or the
   * WebSocket, and for ever if it refers to the call: a {@code WeakHashMap} holds its values
   * strongly.
   */
  static Context headersOnly() {
    CapturedHeaders captured = CapturedHeaders.current();
    return captured.isEmpty() ? Context.root() : captured.storeInContext(Context.root());
  }

  @Override
  public final EventListener create(Call call) {
    EventListener listener = delegate.create(call);
    return store(call, headersOnly(), listener);
  }

  /** Stores a new call's context, and returns the call's listener, which delegates to this one. */
  abstract EventListener store(Call call, Context context, EventListener listener);

  /**
   * Returns the context whose headers a call forwards. The root context for a call whose listener
   * another factory has created, since the current thread's context may be another call's.
   */
  final Context contextOf(Call call) {
    Context context = find(call);
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

  /** Returns the stored context of a call, or null. */
  abstract @Nullable Context find(Call call);
}
