// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jdkhttp.JdkHttpTracingPropagation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.java11.instrument.binder.jdk.MicrometerHttpClient;
import io.opentelemetry.instrumentation.javahttpclient.JavaHttpClientTelemetry;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Answers each request at once, without a connection. */
@SuppressWarnings("NullAway") // carriers are not null
final class JdkClient extends HttpClient {
  private final HttpClient settings = HttpClient.newHttpClient();

  static Outbound<HttpRequest.Builder> open(Contender contender) {
    HttpClient client = client(contender);
    return new Outbound<>(
        () -> HttpRequest.newBuilder(Client.RATINGS),
        HttpRequest.Builder::setHeader,
        HttpRequest.Builder::setHeader,
        builder -> {
          try {
            return client.send(builder.build(), BodyHandlers.discarding()).request();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static HttpClient client(Contender contender) {
    HttpClient client = new JdkClient();
    return switch (contender) {
      case ADAPTER -> JdkHttpTracingPropagation.wrap(client, TracingPropagation.create());
      case OPENTELEMETRY_LIBRARY ->
          JavaHttpClientTelemetry.create(Tracers.openTelemetry()).newHttpClient(client);
      case BRAVE_LIBRARY -> throw new IllegalArgumentException("Brave has none for this client");
      case MICROMETER_LIBRARY ->
          MicrometerHttpClient.instrumentationBuilder(client, new SimpleMeterRegistry())
              .observationRegistry(Tracers.micrometer())
              .build();
      default -> client;
    };
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    return new Response<>(request);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return CompletableFuture.completedFuture(send(request, handler));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
    return sendAsync(request, handler);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return settings.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return settings.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return settings.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return settings.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return settings.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return settings.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return settings.authenticator();
  }

  @Override
  public Version version() {
    return settings.version();
  }

  @Override
  public Optional<Executor> executor() {
    return settings.executor();
  }

  private record Response<T>(HttpRequest request) implements HttpResponse<T> {
    private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
      return NONE;
    }

    @Override
    public T body() {
      return null;
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }
}
