// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import brave.httpclient5.HttpClient5Tracing;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.httpclient5.ApacheHttpTracingPropagation;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.ObservationExecChainHandler;
import io.opentelemetry.instrumentation.apachehttpclient.v5_2.ApacheHttpClientTelemetry;
import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Connections for a whole client of Apache, which answer each request at once. */
@SuppressWarnings({
  "deprecation",
  "NullAway"
}) // Micrometer recommends a newer one; carriers are not null
final class ApacheClient extends ConnectionEndpoint
    implements HttpClientConnectionManager, LeaseRequest {
  private @Nullable ClassicHttpRequest sent;

  static Outbound<HttpGet> open(Contender contender) {
    ApacheClient connections = new ApacheClient();
    CloseableHttpClient client = client(contender, connections);
    return new Outbound<>(
        () -> new HttpGet(Client.RATINGS),
        HttpGet::setHeader,
        HttpGet::addHeader,
        get -> {
          try {
            client.execute(get, response -> response);
            return connections.sent;
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static CloseableHttpClient client(Contender contender, ApacheClient connections) {
    HttpClientBuilder builder =
        contender == Contender.OPENTELEMETRY_LIBRARY
            ? ApacheHttpClientTelemetry.create(Tracers.openTelemetry()).newHttpClientBuilder()
            : HttpClientBuilder.create();
    builder.setConnectionManager(connections);
    return switch (contender) {
      case ADAPTER ->
          ApacheHttpTracingPropagation.install(builder, TracingPropagation.create()).build();
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
  public ClassicHttpResponse execute(
      String id, ClassicHttpRequest request, HttpRequestExecutor executor, HttpContext context) {
    return answer(request);
  }

  @Override
  public ClassicHttpResponse execute(
      String id, ClassicHttpRequest request, RequestExecutor executor, HttpContext context) {
    return answer(request);
  }

  private ClassicHttpResponse answer(ClassicHttpRequest request) {
    sent = request;
    return new BasicClassicHttpResponse(200);
  }

  @Override
  public LeaseRequest lease(String id, HttpRoute route, Timeout timeout, @Nullable Object state) {
    return this;
  }

  @Override
  public ConnectionEndpoint get(Timeout timeout) {
    return this;
  }

  @Override
  public boolean cancel() {
    return false;
  }

  @Override
  public void release(ConnectionEndpoint endpoint, @Nullable Object state, TimeValue keepAlive) {}

  @Override
  public void connect(ConnectionEndpoint endpoint, TimeValue timeout, HttpContext context) {}

  @Override
  public void upgrade(ConnectionEndpoint endpoint, HttpContext context) {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {}

  @Override
  public void close(CloseMode mode) {}

  @Override
  public void close() {}
}
