// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OutboundRequest;
import java.util.AbstractList;
import java.util.List;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Injects the captured headers into a request. Thread-safe.
 *
 * @param propagation what to forward, and to which hosts
 * @param calls returns what a call forwards
 */
record HeaderInjector(TracingPropagation propagation, CallersHeaders calls) {

  /** Returns what a call forwards; if that is not known, calls the propagation's observers. */
  interface CallersHeaders {
    CapturedHeaders of(Call call, TracingPropagation propagation);
  }

  /** Returns the chain's request with the headers of its call. */
  Request inject(Interceptor.Chain chain) {
    return inject(chain.request(), chain.call(), destination(chain));
  }

  /**
   * Returns the request with the headers of its call that the host may receive.
   *
   * @param host the destination, or null if it is not known
   */
  Request inject(Request request, Call call, @Nullable String host) {
    CapturedHeaders captured = calls.of(call, propagation);
    if (captured.isEmpty()) {
      return request;
    }
    Request.Builder injected = request.newBuilder();
    propagation.inject(captured, new Hop(request, host, injected));
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

  private record Hop(Request request, @Nullable String host, Request.Builder injected)
      implements OutboundRequest {
    @Override
    public @Nullable String hostHeader() {
      return OutboundRequest.oneHost(request.headers("Host"));
    }

    /** Returns a view of the names; {@link Headers#names} would build a sorted set. */
    @Override
    public List<String> headerNames() {
      Headers headers = request.headers();
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

    /** With addHeader, which is cheaper than header: no name that the request has is set. */
    @Override
    public void setHeader(String name, String value) {
      injected.addHeader(name, value);
    }
  }
}
