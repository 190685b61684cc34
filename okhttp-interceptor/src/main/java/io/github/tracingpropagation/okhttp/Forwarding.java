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
 * Adds the captured headers to a request.
 *
 * @param propagation what to forward, and where to
 * @param contexts tells the context in which a call was made
 */
record Forwarding(TracingPropagation propagation, Function<Call, Context> contexts) {

  /** Returns the chain's request with the headers of its call. */
  Request request(Interceptor.Chain chain) {
    Request request = chain.request();
    // What an application interceptor sets follows each redirect, to hosts that it cannot foresee.
    return request(request, chain.call(), chain.connection() == null ? null : request.url().host());
  }

  /** Returns a request with the headers of its call, if they may go to the host. */
  @SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; this one is none
  Request request(Request request, Call call, @Nullable String host) {
    Context context = contexts.apply(call);
    if (CapturedHeaders.from(context).isEmpty()) {
      return request;
    }
    Request.Builder forwarded = request.newBuilder();
    // Adding is setting here, since no name that the request has is among them, and costs less.
    propagation.inject(
        context, host, names(request.headers()), forwarded, Request.Builder::addHeader);
    return forwarded.build();
  }

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
