// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.reactor.ReactorNettyTracingPropagation;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.resolver.AddressResolverGroup;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;
import reactor.util.context.Context;

/** A new connection for each request of a whole client, in memory, on the caller's thread. */
@SuppressWarnings("NullAway") // carriers are not null
final class ReactorNettyClient implements ConnectionProvider {
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".getBytes(US_ASCII);

  private @Nullable EmbeddedChannel channel;
  private @Nullable HttpHeaders sent;

  /** The headers are those that a function sets in {@code HttpClient.headers}. */
  static Outbound<HttpHeaders> open(Contender contender) {
    ReactorNettyClient connections = new ReactorNettyClient();
    HttpClient client =
        client(contender, HttpClient.create(connections))
            .doAfterRequest((request, c) -> connections.sent = request.requestHeaders());
    return new Outbound<>(
        DefaultHttpHeaders::new,
        HttpHeaders::set,
        HttpHeaders::add,
        headers -> connections.send(client.headers(all -> all.add(headers))));
  }

  private static HttpClient client(Contender contender, HttpClient client) {
    return switch (contender) {
      case ADAPTER -> ReactorNettyTracingPropagation.install(client, TracingPropagation.create());
      case OPENTELEMETRY_LIBRARY, BRAVE_LIBRARY, MICROMETER_LIBRARY ->
          throw new IllegalArgumentException(contender + " is not measured with this client");
      default -> client;
    };
  }

  private HttpHeaders send(HttpClient client) {
    CompletableFuture<HttpClientResponse> response =
        client.get().uri(Client.RATINGS).response().toFuture();
    if (response.isDone()) {
      response.join(); // throws
    }
    channel.writeInbound(Unpooled.wrappedBuffer(OK));
    channel.finishAndReleaseAll();
    if (!response.isDone()) {
      throw new IllegalStateException("no answer");
    }
    response.join();
    return sent;
  }

  @Override
  public Mono<? extends Connection> acquire(
      TransportConfig config,
      ConnectionObserver observer,
      @Nullable Supplier<? extends SocketAddress> remote,
      @Nullable AddressResolverGroup<?> resolvers) {
    return Mono.create(
        sink ->
            channel =
                new EmbeddedChannel(
                    config.channelInitializer(new Observer(sink, observer), remote.get(), false)));
  }

  /** Hands over a connection as soon as it is configured. */
  private record Observer(MonoSink<Connection> sink, ConnectionObserver delegate)
      implements ConnectionObserver {
    @Override
    public Context currentContext() {
      return Context.of(sink.contextView());
    }

    @Override
    public void onStateChange(Connection connection, State state) {
      if (state == State.CONFIGURED) {
        sink.success(connection);
      }
      delegate.onStateChange(connection, state);
    }
  }
}
