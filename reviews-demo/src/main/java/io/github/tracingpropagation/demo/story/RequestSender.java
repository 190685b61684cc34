// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.demo.service.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Sends requests, up to eight at a time.
 *
 * @param products URI of the reviews of a product
 */
record RequestSender(IntFunction<URI> products, Map<String, String> headers, HttpClient client) {
  private static final int THREADS = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Returns a sender that adds these headers to each request. */
  static RequestSender to(IntFunction<URI> products, Map<String, String> headers) {
    // HTTP/2 would send upgrade headers, which do not belong into this comparison.
    return new RequestSender(
        products, headers, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  /**
   * Sends one request for each of the products 0 to {@code requests - 1}.
   *
   * @param done called with the number of responses so far, after each one
   */
  void send(int requests, IntConsumer done) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        int productId = i;
        sent.add(
            threads.submit(
                () -> {
                  send(productId);
                  return null;
                }));
      }
      for (int i = 0; i < requests; i++) {
        sent.get(i).get();
        done.accept(i + 1);
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Sends one request for a product.
   *
   * @throws IOException if the status is not 200, or the response has an error in place of stars
   */
  void send(int productId) throws IOException, InterruptedException {
    URI uri = products.apply(productId);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    headers.forEach(request::setHeader);
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 200 || response.body().contains("\"error\"")) {
      throw new IOException(
          uri + " answered " + response.statusCode() + ": " + Text.printable(response.body()));
    }
  }
}
