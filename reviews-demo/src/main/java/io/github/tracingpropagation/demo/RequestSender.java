// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.bookinfo.AccessLog;
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

/** Sends requests, up to eight at a time. */
final class RequestSender {
  private static final int THREADS = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private RequestSender() {}

  /**
   * Sends one request for each of the products 0 to {@code requests - 1}.
   *
   * @param products URI of the reviews of a product
   * @param done called with the number of responses so far, after each one
   * @throws IOException if a status is not 200, or a response has an error in place of stars
   */
  static void send(
      IntFunction<URI> products, Map<String, String> headers, int requests, IntConsumer done)
      throws IOException, InterruptedException {
    // HTTP/2 would send upgrade headers, which do not belong into this comparison.
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        HttpRequest.Builder request = HttpRequest.newBuilder(products.apply(i)).timeout(TIMEOUT);
        headers.forEach(request::setHeader);
        sent.add(
            threads.submit(
                () -> {
                  send(client, request.build());
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

  private static void send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200 || response.body().contains("\"error\"")) {
      String body = AccessLog.printable(response.body());
      throw new IOException(request.uri() + " answered " + response.statusCode() + ": " + body);
    }
  }
}
