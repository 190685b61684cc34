// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Requests to a backend. Each throws an {@code IOException} if there is no response in 20 s.
 * Threads may share it.
 *
 * @param name of the backend
 * @param uri base URI without a slash at the end
 */
record QueryApi(String name, URI uri) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /** Returns the body of a response with status 200; any other one throws. */
  byte[] get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = response(path);
    if (response.statusCode() != 200) {
      throw failure(path + ": " + response.statusCode());
    }
    return response.body();
  }

  /** Returns the response to a GET, whatever its status. */
  HttpResponse<byte[]> response(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(uri + path)));
  }

  /** Returns the status of the response to a POST of JSON. */
  int post(String path, String json) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(uri + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)))
        .statusCode();
  }

  /** Returns the exception for a server that is not what it should be. */
  IOException failure(String reason) {
    return new IOException("no " + name + " answers at " + uri + " (" + reason + ")");
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try {
      return CLIENT.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IOException("no " + name + " answers at " + uri + " (" + e + ")", e);
    }
  }
}
