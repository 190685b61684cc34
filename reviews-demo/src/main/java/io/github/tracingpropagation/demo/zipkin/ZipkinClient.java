// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.zipkin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.tracingpropagation.demo.service.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * A client of Zipkin's <a href="https://zipkin.io/zipkin-api/">query API</a>. Every request throws
 * an {@code IOException} if the server does not answer with 200 in 20 s. Threads may share it.
 */
public final class ZipkinClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final URI uri;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /**
   * Creates a client.
   *
   * @param uri the base URI of the server, without a slash at the end
   */
  public ZipkinClient(URI uri) {
    this.uri = uri;
  }

  /** Returns the base URI of the server. */
  public URI uri() {
    return uri;
  }

  /**
   * Checks that the server is a healthy Zipkin.
   *
   * @throws IOException if it is not
   */
  public void check() throws IOException, InterruptedException {
    get("/health");
    get("/api/v2/services"); // other servers may have /health, too
  }

  /** Returns the traces of a mesh, at most {@code limit}. */
  public List<Trace> traces(String meshId, int limit) throws IOException, InterruptedException {
    String query = URLEncoder.encode(ZipkinReporter.MESH_ID + "=" + meshId, UTF_8);
    byte[] json = get("/api/v2/traces?limit=" + limit + "&annotationQuery=" + query);
    return Json.read(json, new TypeReference<List<List<ZipkinSpan>>>() {}).stream()
        .map(Trace::new)
        .toList();
  }

  /** Returns the page that shows a trace. */
  public URI page(String traceId) {
    return URI.create(uri + "/zipkin/traces/" + traceId);
  }

  /** Returns the page of the dependency graph of the last hour. */
  public URI graph() {
    long now = System.currentTimeMillis();
    long hourAgo = now - Duration.ofHours(1).toMillis();
    return URI.create(uri + "/zipkin/dependency?startTime=" + hourAgo + "&endTime=" + now);
  }

  private byte[] get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri + path)).timeout(TIMEOUT).build();
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IOException("no Zipkin answers at " + uri + " (" + e + ")", e);
    }
    if (response.statusCode() != 200) {
      throw new IOException(
          "no Zipkin answers at " + uri + " (" + path + ": " + response.statusCode() + ")");
    }
    return response.body();
  }
}
