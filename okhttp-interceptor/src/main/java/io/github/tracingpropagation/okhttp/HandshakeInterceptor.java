// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import java.io.IOException;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Injects the headers into the handshake of one WebSocket, and follows redirects in place of
 * OkHttp, so that each redirect's host is checked.
 *
 * <p>OkHttp runs only application interceptors for a WebSocket, and follows redirects beneath them:
 * the headers that they set reach every host.
 *
 * @param injector injects the headers
 * @param client has the settings {@code followRedirects} and {@code followSslRedirects}
 */
record HandshakeInterceptor(HeaderInjector injector, OkHttpClient client) implements Interceptor {
  /** OkHttp's own limit. */
  private static final int MAX_REDIRECTS = 20;

  /** The statuses whose redirects OkHttp follows. */
  private static final Set<Integer> REDIRECT_STATUSES = Set.of(300, 301, 302, 303, 307, 308);

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Response response = proceed(chain, request);
    for (int redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
      HttpUrl next = location(request, response);
      if (next == null) {
        break;
      }
      response.close();
      request = redirected(request, next);
      response = proceed(chain, request);
    }
    return response;
  }

  private Response proceed(Chain chain, Request request) throws IOException {
    return chain.proceed(injector.inject(request, chain.call(), request.url().host()));
  }

  /** Returns the target of a redirect, or null if the response is none or must not be followed. */
  private @Nullable HttpUrl location(Request request, Response response) {
    String location = response.header("Location");
    if (location == null
        || !REDIRECT_STATUSES.contains(response.code())
        || !client.followRedirects()) {
      return null;
    }
    HttpUrl next = request.url().resolve(location);
    boolean follows =
        next != null && (next.isHttps() == request.isHttps() || client.followSslRedirects());
    return follows ? next : null;
  }

  /**
   * Returns the application's request to the target. Like OkHttp, removes {@code Authorization} if
   * the scheme, host or port differs.
   */
  private static Request redirected(Request request, HttpUrl next) {
    HttpUrl url = request.url();
    boolean sameServer =
        url.isHttps() == next.isHttps()
            && url.host().equals(next.host())
            && url.port() == next.port();
    Request.Builder redirected = request.newBuilder().url(next);
    return (sameServer ? redirected : redirected.removeHeader("Authorization")).build();
  }
}
