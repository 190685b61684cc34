// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.bookinfo.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server that stores spans in Zipkin's format. Threads may share it. */
abstract class TraceBackend implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private final String name;
  private final URI uri;
  private final URI collector;

  /**
   * Creates a backend.
   *
   * @param name such as {@code Zipkin}
   * @param uri base URI of its pages and its query API
   * @param collector base URI that {@code /api/v2/spans} is at
   */
  TraceBackend(String name, URI uri, URI collector) {
    this.name = name;
    this.uri = withoutSlash(uri);
    this.collector = withoutSlash(collector);
  }

  private static URI withoutSlash(URI uri) {
    return URI.create(uri.toString().replaceFirst("/+$", ""));
  }

  final String name() {
    return name;
  }

  final URI uri() {
    return uri;
  }

  /** Returns the base URI that {@code /api/v2/spans} is at, which the sidecars report to. */
  final URI collector() {
    return collector;
  }

  /**
   * Checks that the server answers as this backend does.
   *
   * @throws IOException if it does not; the message has the URI
   */
  abstract void check() throws IOException, InterruptedException;

  /**
   * Returns the traces of a mesh, at most {@code limit}.
   *
   * @param service that has a span in each of these traces
   * @throws IOException if the server does not answer
   */
  abstract List<Trace> traces(String meshId, String service, int limit)
      throws IOException, InterruptedException;

  /** Returns the page that shows a trace. */
  abstract String page(String traceId);

  /** Returns the page of the dependency graph. */
  abstract String graph();

  /** Stops the server if this backend has started it. */
  @Override
  public void close() {}

  /** Returns the JSON at a path of the query API, if its status is one of these. */
  final JsonNode get(String path, Integer... statuses) throws IOException, InterruptedException {
    byte[] body = send(name, uri, path, HttpRequest.newBuilder(), statuses);
    try {
      return Json.read(body);
    } catch (JsonProcessingException e) {
      throw failure(name, uri, path + " is not JSON", e);
    }
  }

  /** Returns the body of a response, if its status is one of these. */
  static byte[] send(
      String name, URI server, String path, HttpRequest.Builder request, Integer... statuses)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      URI uri = URI.create(server + path);
      response = CLIENT.send(request.uri(uri).timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw failure(name, server, e.toString(), e);
    }
    if (!List.of(statuses).contains(response.statusCode())) {
      throw failure(name, server, path + ": " + response.statusCode(), null);
    }
    return response.body();
  }

  private static IOException failure(
      String name, URI server, String reason, @Nullable Exception cause) {
    return new IOException("no " + name + " answers at " + server + " (" + reason + ")", cause);
  }
}
