// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.URI;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.jspecify.annotations.Nullable;

/** Calls with Apache HttpClient 4, whose names are those of Apache HttpClient 5. */
final class ApacheClient4 {
  private ApacheClient4() {}

  /** Calls with headers that are set on the request, before the client has it. */
  @SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; inject passes it on
  static int callOnce(TracingPropagation propagation, URI uri, boolean safely) throws IOException {
    HttpClientBuilder client = HttpClients.custom();
    if (safely) {
      client.disableRedirectHandling();
    }
    HttpGet request = new HttpGet(uri);
    propagation.inject(Context.current(), uri, request, HttpGet::setHeader);
    return execute(client, null, request);
  }

  /**
   * Calls with an interceptor that injects on each hop.
   *
   * @param proxy null for none
   * @param target the host to connect to; null for that of the request
   */
  static int callPerHop(
      TracingPropagation propagation,
      @Nullable HttpHost proxy,
      @Nullable HttpHost target,
      HttpGet get)
      throws IOException {
    HttpClientBuilder client = HttpClients.custom().setProxy(proxy);
    // docs: each hop 4
    HttpRequestInterceptor interceptor =
        (request, context) -> {
          HttpHost route = HttpClientContext.adapt(context).getHttpRoute().getTargetHost();
          propagation.inject(CapturedHeaders.current(), new Apache4Hop(route, request));
        };
    client.addInterceptorLast(interceptor);
    // docs: end
    return execute(client, target, get);
  }

  private static int execute(HttpClientBuilder client, @Nullable HttpHost target, HttpGet request)
      throws IOException {
    try (CloseableHttpClient built = client.build();
        CloseableHttpResponse response =
            target == null ? built.execute(request) : built.execute(target, request)) {
      return response.getStatusLine().getStatusCode();
    }
  }
}
