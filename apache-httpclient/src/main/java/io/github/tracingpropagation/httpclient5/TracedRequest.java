// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import io.github.tracingpropagation.CapturedHeaders;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.HttpRequestWrapper;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * The request of one hop of an asynchronous client. For one thread at a time.
 *
 * <p>Request interceptors see no scope, only the request and a context that other calls may share.
 */
final class TracedRequest extends HttpRequestWrapper {
  private final CapturedHeaders captured;
  private final HttpHost target;

  private TracedRequest(HttpRequest request, AsyncExecChain.Scope scope) {
    super(request);
    this.captured = CallersHeaders.of(scope);
    this.target = scope.route.getTargetHost();
  }

  /** The last handler of the chain: runs for each hop, before the request interceptors. */
  static void proceed(
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    chain.proceed(new TracedRequest(request, scope), body, scope, callback);
  }

  CapturedHeaders captured() {
    return captured;
  }

  HttpHost target() {
    return target;
  }
}
