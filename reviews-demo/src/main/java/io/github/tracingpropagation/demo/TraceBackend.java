// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.bookinfo.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/** A server that stores spans in Zipkin's format. Threads may share it. */
interface TraceBackend extends AutoCloseable {
  /** Returns the base URI of its pages and its query API, without a slash at its end. */
  URI uri();

  /** Returns the base URI that {@code /api/v2/spans} is at, which the sidecars report to. */
  default URI collector() {
    return uri();
  }

  /** Checks that the server answers as this backend does. */
  void check() throws IOException;

  /** Returns the traces of a mesh, at most {@code limit}. */
  List<Trace> traces(String meshId, int limit) throws IOException;

  String page(String traceId);

  /** Returns the page of the dependency graph. */
  String graph();

  /** Stops the server if this backend has started it. */
  @Override
  default void close() {}

  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Returns the JSON at a path of the query API.
   *
   * @throws IOException if there is none; its cause is a {@code FileNotFoundException} for 404
   */
  default JsonNode get(String path) throws IOException {
    try (InputStream body = connect(uri() + path).getInputStream()) {
      return Json.read(body.readAllBytes());
    } catch (IOException e) {
      throw noAnswer(name(), uri(), e);
    }
  }

  static HttpURLConnection connect(String uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(uri).toURL().openConnection();
    connection.setConnectTimeout(20_000);
    connection.setReadTimeout(20_000);
    return connection;
  }

  static IOException noAnswer(String name, URI uri, IOException cause) {
    String reason = Terminal.printable(cause.toString());
    return new IOException("no " + name + " answers at " + uri + " (" + reason + ")", cause);
  }
}
