// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.tracingpropagation.testing.HeaderLines;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Sends a GET request with a new client, and closes that. */
final class Clients {
  /** As other clients do by default. */
  static final RequestConfig CIRCULAR_REDIRECTS =
      RequestConfig.custom().setCircularRedirectsAllowed(true).setMaxRedirects(20).build();

  private Clients() {}

  static int get(CloseableHttpClient client, URI uri, List<String> lines) throws IOException {
    return get(client, null, uri, lines);
  }

  /**
   * Returns the status.
   *
   * @param target the host to connect to; null for that of the URI
   */
  static int get(CloseableHttpClient client, @Nullable HttpHost target, URI uri, List<String> lines)
      throws IOException {
    try (client) {
      HttpGet request = new HttpGet(uri);
      addHeaders(request, lines);
      return client.execute(target, request, response -> response.getCode());
    }
  }

  static int get(CloseableHttpAsyncClient client, URI uri, List<String> lines) throws Exception {
    return get(client, null, uri, lines);
  }

  /**
   * Returns the status.
   *
   * @param target the host to connect to; null for that of the URI
   */
  static int get(
      CloseableHttpAsyncClient client, @Nullable HttpHost target, URI uri, List<String> lines)
      throws Exception {
    try (client) {
      client.start();
      SimpleHttpRequest request = SimpleRequestBuilder.get(uri).build();
      addHeaders(request, lines);
      SimpleHttpResponse response =
          client
              .execute(
                  target,
                  SimpleRequestProducer.create(request),
                  SimpleResponseConsumer.create(),
                  null,
                  null,
                  null)
              .get(20, SECONDS);
      return response.getCode();
    } catch (ExecutionException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void addHeaders(HttpRequest request, List<String> lines) {
    lines.forEach(line -> request.addHeader(HeaderLines.name(line), HeaderLines.value(line)));
  }
}
