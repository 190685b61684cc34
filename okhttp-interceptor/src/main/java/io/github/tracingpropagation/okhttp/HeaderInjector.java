// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Injects the captured headers into a request. Thread-safe.
 *
 * @param propagation what to forward, and to which hosts
 * @param contexts returns the context whose headers a call forwards
 */
record HeaderInjector(TracingPropagation propagation, Function<Call, Context> contexts) {

  /** Returns the chain's request with the headers of its call. */
  Request inject(Interceptor.Chain chain) {
    return inject(chain.request(), chain.call(), destination(chain));
  }

  /**
   * Returns the request with the headers of its call that the host may receive.
   *
   * @param host the destination, or null if it is not known
   */
  @SuppressWarnings("NullAway") // TextMapSetter allows a null carrier; this one is not null
  Request inject(Request request, Call call, @Nullable String host) {
    Context context = contexts.apply(call);
    if (CapturedHeaders.from(context).isEmpty() || isForAnotherHost(request)) {
      return request;
    }
    Request.Builder injected = request.newBuilder();
    // addHeader, which is cheaper than header: no name that the request has is injected.
    propagation.inject(
        context, host, names(request.headers()), injected, Request.Builder::addHeader);
    return injected.build();
  }

  /**
   * Returns the host of a network interceptor's request. Null for an application interceptor: the
   * headers that it sets also reach the host of every redirect, which it cannot know.
   */
  private static @Nullable String destination(Interceptor.Chain chain) {
    boolean isNetworkInterceptor = chain.connection() != null;
    return isNetworkInterceptor ? chain.request().url().host() : null;
  }

  /** Returns whether a Host header, perhaps set by hand, has another host than those allowed. */
  private boolean isForAnotherHost(Request request) {
    String host = request.header("Host");
    return host != null && !propagation.destinations().includes(host);
  }

  /** Returns a view of the names; {@link Headers#names} would build a sorted set. */
  private static List<String> names(Headers headers) {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        return headers.name(index);
      }

      @Override
      public int size() {
        return headers.size();
      }
    };
  }
}
