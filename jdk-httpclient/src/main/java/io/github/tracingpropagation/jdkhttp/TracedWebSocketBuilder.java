// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OutboundRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the caller's headers with the handshake of each WebSocket. Not thread-safe, like the
 * JDK's.
 *
 * <p>Each WebSocket has a new builder of the delegate's: a builder may build several, and its
 * headers cannot be read or removed.
 */
final class TracedWebSocketBuilder implements WebSocket.Builder {
  private final HttpClient delegate;
  private final TracingPropagation propagation;
  private final List<Consumer<WebSocket.Builder>> settings = new ArrayList<>();

  /** The application's headers; "" for several values of one name, since two hosts are none. */
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  TracedWebSocketBuilder(HttpClient delegate, TracingPropagation propagation) {
    this.delegate = delegate;
    this.propagation = propagation;
  }

  @Override
  public WebSocket.Builder header(String name, String value) {
    headers.merge(name, value, (first, second) -> "");
    settings.add(builder -> builder.header(name, value));
    return this;
  }

  @Override
  public WebSocket.Builder connectTimeout(Duration timeout) {
    settings.add(builder -> builder.connectTimeout(timeout));
    return this;
  }

  @Override
  public WebSocket.Builder subprotocols(String mostPreferred, String... lesserPreferred) {
    String[] lesser = lesserPreferred.clone();
    settings.add(builder -> builder.subprotocols(mostPreferred, lesser));
    return this;
  }

  @Override
  public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
    WebSocket.Builder builder = delegate.newWebSocketBuilder();
    settings.forEach(setting -> setting.accept(builder));
    propagation.inject(CapturedHeaders.current(), new Handshake(uri, headers, builder));
    return builder.buildAsync(uri, listener);
  }

  private record Handshake(URI uri, Map<String, String> headers, WebSocket.Builder builder)
      implements OutboundRequest {
    @Override
    public @Nullable String host() {
      return OutboundRequest.hostOf(uri);
    }

    @Override
    public @Nullable String hostHeader() {
      return headers.get("Host");
    }

    @Override
    public Set<String> headerNames() {
      return headers.keySet();
    }

    @Override
    public void setHeader(String name, String value) {
      builder.header(name, value);
    }
  }
}
