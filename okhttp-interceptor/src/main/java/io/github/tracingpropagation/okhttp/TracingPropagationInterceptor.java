// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Forwards the captured headers that are current on the thread that it runs on. Thread-safe.
 *
 * <p>For {@link okhttp3.Call#execute} that is the caller's thread. For {@link okhttp3.Call#enqueue}
 * it is a thread of the dispatcher, which does not have the caller's context. {@link
 * OkHttpTracingPropagation#install} supports both.
 *
 * <p>Add it last, with {@link okhttp3.OkHttpClient.Builder#addNetworkInterceptor}: it then runs for
 * each redirect, after tracers have set their headers. Added with {@code addInterceptor} it
 * forwards only if every host may receive the headers.
 */
public final class TracingPropagationInterceptor implements Interceptor {
  private final HeaderInjector injector;

  /**
   * Creates an interceptor.
   *
   * @param propagation what to forward, and to which hosts
   */
  public TracingPropagationInterceptor(TracingPropagation propagation) {
    this(
        new HeaderInjector(
            requireNonNull(propagation, "propagation"),
            (call, settings) -> CapturedHeaders.current()));
  }

  TracingPropagationInterceptor(HeaderInjector injector) {
    this.injector = injector;
  }

  TracingPropagation propagation() {
    return injector.propagation();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(injector.inject(chain));
  }
}
