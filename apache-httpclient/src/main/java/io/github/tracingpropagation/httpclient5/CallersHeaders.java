// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import io.github.tracingpropagation.CapturedHeaders;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * Carries the headers of the calling thread along one exchange of an asynchronous client. As
 * thread-safe as the delegate.
 *
 * <p>In the place of the exchange's {@link CancellableDependency}, because each scope of the
 * exchange has it: a redirect gets a new scope with copies of the request, and an attribute of the
 * {@code HttpClientContext} would mix calls that share the context. The cache's revalidation in the
 * background is an exchange of its own, so that it forwards nothing.
 *
 * @param delegate the exchange's own
 * @param captured the headers of the thread that has started the exchange
 */
record CallersHeaders(CancellableDependency delegate, CapturedHeaders captured)
    implements CancellableDependency {

  /** The first handler of the chain: runs on the calling thread. */
  static void capture(
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    chain.proceed(request, body, withCallersHeaders(scope), callback);
  }

  private static AsyncExecChain.Scope withCallersHeaders(AsyncExecChain.Scope scope) {
    if (scope.cancellableDependency instanceof CallersHeaders) {
      return scope; // a retry, on a thread of the client
    }
    return new AsyncExecChain.Scope(
        scope.exchangeId,
        scope.route,
        scope.originalRequest,
        new CallersHeaders(scope.cancellableDependency, CapturedHeaders.current()),
        scope.clientContext,
        scope.execRuntime,
        scope.scheduler,
        scope.execCount);
  }

  /** Returns the headers of the thread that has started an exchange, empty if it is not known. */
  static CapturedHeaders of(AsyncExecChain.Scope scope) {
    return scope.cancellableDependency instanceof CallersHeaders callers
        ? callers.captured
        : CapturedHeaders.empty();
  }

  @Override
  public void setDependency(Cancellable dependency) {
    delegate.setDependency(dependency);
  }

  @Override
  public boolean isCancelled() {
    return delegate.isCancelled();
  }

  @Override
  public boolean cancel() {
    return delegate.cancel();
  }
}
