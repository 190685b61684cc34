// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.demo.Main;
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

  /** Sends header lines that an HTTP client would reject, and returns the whole response. */
  public static String getRaw(URI uri, String headerLines, Charset charset) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n%s\r\n"
            .formatted(uri.getPath(), headerLines);
    return raw(uri, request.getBytes(charset));
  }

  /** Sends bytes, and returns what arrives until the server closes the connection. */
  public static String raw(URI uri, byte[] request) throws IOException {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      socket.getOutputStream().write(request);
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
