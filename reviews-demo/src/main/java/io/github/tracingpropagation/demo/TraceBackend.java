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
import java.util.List;

/** A server that stores spans in Zipkin's format. Threads may share it. */
abstract class TraceBackend {
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
  abstract URI page(String traceId);

  /** Returns the page of the dependency graph. */
  abstract URI graph();

  /** Returns the body of a response with status 200; any other one throws. */
  final byte[] get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = response(path);
    if (response.statusCode() != 200) {
      throw failure(path + ": " + response.statusCode());
    }
    return response.body();
  }

  /** Returns the response to a GET, whatever its status. */
  final HttpResponse<byte[]> response(String path) throws IOException, InterruptedException {
    return send(name, uri, HttpRequest.newBuilder(URI.create(uri + path)));
  }

  /** Sends a request to a server of this backend; throws if there is no response in 20 s. */
  static HttpResponse<byte[]> send(String name, URI uri, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try {
      return CLIENT.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IOException("no " + name + " answers at " + uri + " (" + e + ")", e);
    }
  }

  /** Returns the exception for a server that is not what it should be. */
  final IOException failure(String reason) {
    return failure(name, uri, reason);
  }

  static IOException failure(String name, URI uri, String reason) {
    return new IOException("no " + name + " answers at " + uri + " (" + reason + ")");
  }
}
