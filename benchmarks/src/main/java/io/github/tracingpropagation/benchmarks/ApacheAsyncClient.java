// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import brave.httpclient5.HttpClient5Tracing;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.httpclient5.ApacheHttpTracingPropagation;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.ObservationExecChainHandler;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Connections for a whole async client of Apache, which answer at once on the caller's thread. */
@SuppressWarnings({
  "deprecation",
  "NullAway"
}) // Micrometer recommends a newer one; carriers are not null
final class ApacheAsyncClient extends AsyncConnectionEndpoint
    implements AsyncClientConnectionManager {
  private @Nullable HttpRequest sent;

  static Outbound<SimpleHttpRequest> open(Contender contender) {
    ApacheAsyncClient connections = new ApacheAsyncClient();
    CloseableHttpAsyncClient client = client(contender, connections);
    client.start();
    return new Outbound<>(
        () -> SimpleHttpRequest.create("GET", Client.RATINGS),
        SimpleHttpRequest::setHeader,
        SimpleHttpRequest::addHeader,
        get -> {
          if (!client.execute(get, null).isDone()) {
            throw new IllegalStateException("no answer");
          }
          return connections.sent;
        });
  }

  private static CloseableHttpAsyncClient client(
      Contender contender, ApacheAsyncClient connections) {
    HttpAsyncClientBuilder builder =
        HttpAsyncClientBuilder.create()
            .setConnectionManager(connections)
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build());
    return switch (contender) {
      case ADAPTER ->
          ApacheHttpTracingPropagation.install(builder, TracingPropagation.create()).build();
      case OPENTELEMETRY_LIBRARY ->
          throw new IllegalArgumentException("OpenTelemetry has none for this client");
      case BRAVE_LIBRARY -> HttpClient5Tracing.newBuilder(Tracers.BRAVE).build(builder);
      case MICROMETER_LIBRARY ->
          builder
              .addExecInterceptorAfter(
                  ChainElement.RETRY.name(),
                  "micrometer",
                  new ObservationExecChainHandler(Tracers.micrometer()))
              .build();
      default -> builder.build();
    };
  }

  @Override
  public void execute(
      String id,
      AsyncClientExchangeHandler exchange,
      HandlerFactory<AsyncPushConsumer> pushes,
      HttpContext context) {
    try {
      exchange.produceRequest((request, entity, c) -> sent = request, context);
      exchange.consumeResponse(new BasicHttpResponse(200), null, context);
    } catch (HttpException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Future<AsyncConnectionEndpoint> lease(
      String id,
      HttpRoute route,
      @Nullable Object state,
      Timeout timeout,
      FutureCallback<AsyncConnectionEndpoint> callback) {
    callback.completed(this);
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void release(
      AsyncConnectionEndpoint endpoint, @Nullable Object state, TimeValue keepAlive) {}

  @Override
  public Future<AsyncConnectionEndpoint> connect(
      AsyncConnectionEndpoint endpoint,
      ConnectionInitiator initiator,
      Timeout timeout,
      @Nullable Object attachment,
      HttpContext context,
      FutureCallback<AsyncConnectionEndpoint> callback) {
    throw new UnsupportedOperationException("connected");
  }

  @Override
  public void upgrade(
      AsyncConnectionEndpoint endpoint, @Nullable Object attachment, HttpContext context) {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {}

  @Override
  public void close(CloseMode mode) {}
}
