// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An application with a server, in this JVM or in another one, and a client that calls it. */
interface RunningApplication extends AutoCloseable {
  HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  URI uri();

  @Override
  void close();

  /** Sends a request; fails unless the answer's status is 200. */
  default CompletableFuture<String> get(String path, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri() + path)).timeout(Duration.ofSeconds(180));
    headers.forEach(request::setHeader);
    return CLIENT
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(
            response -> {
              if (response.statusCode() != 200) {
                throw new AssertionError(
                    path + " answers " + response.statusCode() + ": " + response.body());
              }
              return response.body();
            });
  }

  /** Returns the names of the application's clients. */
  default List<String> clients() {
    String array = get("/clients", Map.of()).join();
    return Arrays.asList(array.replaceAll("[\\[\\]\" ]", "").split(","));
  }
}
