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
 * Forwards with the handshake of one WebSocket, and follows its redirects in the place of OkHttp,
 * hop by hop, so that each is a destination of its own.
 *
 * <p>OkHttp runs only application interceptors for a WebSocket, and follows beneath them, with
 * every header that they set, to any host.
 *
 * @param forwarding adds the headers
 * @param client whether it follows redirects, and between schemes
 */
record Handshake(Forwarding forwarding, OkHttpClient client) implements Interceptor {
  /** As OkHttp. */
  private static final int MAX_HOPS = 20;

  private static final Set<Integer> REDIRECTS = Set.of(300, 301, 302, 303, 307, 308);

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Response response = proceed(chain, request);
    for (int hops = 0; hops < MAX_HOPS; hops++) {
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
    return chain.proceed(forwarding.request(request, chain.call(), request.url().host()));
  }

  /** Returns where a redirect leads, or null if it is none to follow. */
  private @Nullable HttpUrl location(Request request, Response response) {
    String location = response.header("Location");
    if (location == null || !REDIRECTS.contains(response.code()) || !client.followRedirects()) {
      return null;
    }
    HttpUrl next = request.url().resolve(location);
    boolean follows =
        next != null && (next.isHttps() == request.isHttps() || client.followSslRedirects());
    return follows ? next : null;
  }

  /** The application's own headers go along, but its credentials to no other server: as OkHttp. */
  private static Request redirected(Request request, HttpUrl next) {
    HttpUrl url = request.url();
    boolean same =
        url.isHttps() == next.isHttps()
            && url.host().equals(next.host())
            && url.port() == next.port();
    Request.Builder redirected = request.newBuilder().url(next);
    return (same ? redirected : redirected.removeHeader("Authorization")).build();
  }
}
