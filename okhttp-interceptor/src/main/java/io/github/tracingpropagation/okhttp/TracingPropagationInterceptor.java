// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Forwards the captured headers of the thread that it runs on. Thread-safe.
 *
 * <p>That thread is the caller's for {@link okhttp3.Call#execute}, and the dispatcher's for {@link
 * okhttp3.Call#enqueue}, which knows nothing of the caller. {@link
 * OkHttpTracingPropagation#install} is right for both.
 *
 * <p>Add it last and with {@link okhttp3.OkHttpClient.Builder#addNetworkInterceptor}: there it sees
 * each redirect, and the headers that tracers have set. Added with {@code addInterceptor} it
 * forwards only if every host may have the headers.
 */
public final class TracingPropagationInterceptor implements Interceptor {
  private final Forwarding forwarding;

  /**
   * Forwards the headers of the current context.
   *
   * @param propagation what to forward, and where to
   */
  public TracingPropagationInterceptor(TracingPropagation propagation) {
    this(new Forwarding(requireNonNull(propagation, "propagation"), call -> Context.current()));
  }

  TracingPropagationInterceptor(Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  TracingPropagation propagation() {
    return forwarding.propagation();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(forwarding.request(chain));
  }
}
