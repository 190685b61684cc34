// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
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

/** What the tests ask the services with. */
final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Keeps no connection, since a service that stops would wait for its end. */
  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder()
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
          .readTimeout(PATIENCE)
          .build();

  static {
    Logging.quieten();
  }

  record Answer(int status, @Nullable String contentType, String body) {}

  private Http() {}

  static Answer get(URI uri) throws IOException {
    return get(uri, Map.of());
  }

  static Answer get(URI uri, Map<String, String> headers) throws IOException {
    return answer(new Request.Builder().url(uri.toString()).headers(Headers.of(headers)));
  }

  static Answer post(URI uri, String body) throws IOException {
    return answer(new Request.Builder().url(uri.toString()).post(RequestBody.create(body, null)));
  }

  /** Sends header lines that no client would send, and returns the whole response. */
  static String getRaw(URI uri, String headerLines, Charset charset) throws IOException {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String request =
          "GET %s HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n%s\r\n"
              .formatted(uri.getPath(), headerLines);
      socket.getOutputStream().write(request.getBytes(charset));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
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
