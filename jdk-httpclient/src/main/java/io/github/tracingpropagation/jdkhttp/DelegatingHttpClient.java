// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import java.lang.reflect.InvocationTargetException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Delegates everything but the sending of requests.
 *
 * <p>The methods without {@code Override} override those that JDK 21 has added. This class is
 * compiled for 17, so it calls the delegate's by reflection. {@code close} of JDK 21 calls them.
 */
abstract class DelegatingHttpClient extends HttpClient {
  private final HttpClient delegate;

  DelegatingHttpClient(HttpClient delegate) {
    this.delegate = delegate;
  }

  final HttpClient delegate() {
    return delegate;
  }

  @Override
  public final Optional<CookieHandler> cookieHandler() {
    return delegate.cookieHandler();
  }

  @Override
  public final Optional<Duration> connectTimeout() {
    return delegate.connectTimeout();
  }

  @Override
  public final Redirect followRedirects() {
    return delegate.followRedirects();
  }

  @Override
  public final Optional<ProxySelector> proxy() {
    return delegate.proxy();
  }

  @Override
  public final SSLContext sslContext() {
    return delegate.sslContext();
  }

  @Override
  public final SSLParameters sslParameters() {
    return delegate.sslParameters();
  }

  @Override
  public final Optional<Authenticator> authenticator() {
    return delegate.authenticator();
  }

  @Override
  public final Version version() {
    return delegate.version();
  }

  @Override
  public final Optional<Executor> executor() {
    return delegate.executor();
  }

  public final void shutdown() {
    call("shutdown", new Class<?>[0]);
  }

  public final void shutdownNow() {
    call("shutdownNow", new Class<?>[0]);
  }

  public final boolean isTerminated() {
    return (boolean) call("isTerminated", new Class<?>[0]);
  }

  @SuppressWarnings("RedundantThrows") // call throws it
  public final boolean awaitTermination(Duration duration) throws InterruptedException {
    return (boolean) call("awaitTermination", new Class<?>[] {Duration.class}, duration);
  }

  /** Calls a method of the delegate, and throws what it throws. */
  private Object call(String method, Class<?>[] parameters, Object... arguments) {
    try {
      return HttpClient.class.getMethod(method, parameters).invoke(delegate, arguments);
    } catch (InvocationTargetException e) {
      throw DelegatingHttpClient.<RuntimeException>unchecked(e.getTargetException());
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(method + " needs JDK 21", e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable cause) throws T {
    throw (T) cause;
  }
}
