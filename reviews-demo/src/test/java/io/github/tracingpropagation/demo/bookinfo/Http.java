// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.demo.Main;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The HTTP client of the tests. Threads may share it. */
public final class Http {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Without keep-alive: a service waits for open connections when it stops. */
  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder()
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
          .readTimeout(TIMEOUT)
          .build();

  static {
    Main.logWarningsOnly();
  }

  /** A response. */
  public record Answer(int status, @Nullable String contentType, String body) {}

  private Http() {}

  /** Sends a GET. */
  public static Answer get(URI uri) throws IOException {
    return get(uri, Map.of());
  }

  /** Sends a GET with headers. */
  public static Answer get(URI uri, Map<String, String> headers) throws IOException {
    return answer(new Request.Builder().url(uri.toString()).headers(Headers.of(headers)));
  }

  /** Sends a POST. */
  public static Answer post(URI uri, String body) throws IOException {
    return post(uri, Map.of(), body);
  }

  /** Sends a POST with headers. */
  public static Answer post(URI uri, Map<String, String> headers, String body) throws IOException {
    return answer(
        new Request.Builder()
            .url(uri.toString())
            .headers(Headers.of(headers))
            .post(RequestBody.create(body, null)));
  }

  private static Answer answer(Request.Builder request) throws IOException {
    try (Response response = CLIENT.newCall(request.build()).execute()) {
      return new Answer(
          response.code(),
          response.header("content-type"),
          requireNonNull(response.body()).string());
    }
  }
}
