// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OutboundRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Forwards the caller's headers with each request. As thread-safe as the delegate. */
final class TracedHttpClient extends DelegatingHttpClient {
  private final TracingPropagation propagation;

  TracedHttpClient(HttpClient delegate, TracingPropagation propagation) {
    super(delegate);
    this.propagation = propagation;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return delegate().send(injected(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return delegate().sendAsync(injected(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
    return delegate().sendAsync(injected(request), handler, pushes);
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return new TracedWebSocketBuilder(delegate(), propagation);
  }

  /** Returns a copy of the request with the caller's headers, made by the JDK's own builder. */
  private HttpRequest injected(HttpRequest request) {
    CapturedHeaders captured = CapturedHeaders.current();
    if (captured.isEmpty()) {
      return request;
    }
    HttpRequest.Builder copy = HttpRequest.newBuilder(request, (name, value) -> true);
    propagation.inject(captured, new Hop(request, copy));
    return copy.build();
  }

  private record Hop(HttpRequest request, HttpRequest.Builder copy) implements OutboundRequest {
    @Override
    public @Nullable String host() {
      return OutboundRequest.hostOf(request.uri());
    }

    @Override
    public @Nullable String hostHeader() {
      return OutboundRequest.oneHost(request.headers().allValues("Host"));
    }

    @Override
    public Set<String> headerNames() {
      return request.headers().map().keySet();
    }

    @Override
    public void setHeader(String name, String value) {
      copy.setHeader(name, value);
    }
  }
}
