// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
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
 * Asks a Zipkin server by its <a href="https://zipkin.io/zipkin-api/">API</a>. Threads may share
 * it.
 *
 * @param uri where the server is, without a slash at the end
 */
record Zipkin(URI uri, HttpClient client) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** A call between two services, as Zipkin's dependency graph has it. */
  record Link(String parent, String child, long callCount) {}

  static Zipkin at(URI uri) {
    return new Zipkin(
        uri,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build());
  }

  /**
   * Returns once Zipkin says that it is well.
   *
   * @throws IOException if it does not
   */
  void check() throws IOException, InterruptedException {
    get("/health");
    get("/api/v2/services"); // other servers are healthy, too
  }

  /** Returns the traces of a mesh, at most so many. */
  List<Trace> traces(String meshId, int limit) throws IOException, InterruptedException {
    String query = URLEncoder.encode(MeshSpans.MESH_ID + "=" + meshId, UTF_8);
    byte[] json = get("/api/v2/traces?limit=" + limit + "&annotationQuery=" + query);
    return Json.read(json, new TypeReference<List<List<ZipkinSpan>>>() {}).stream()
        .map(Trace::new)
        .toList();
  }

  Trace trace(String id) throws IOException, InterruptedException {
    return new Trace(
        Json.read(get("/api/v2/trace/" + id), new TypeReference<List<ZipkinSpan>>() {}));
  }

  /** Returns who called whom so far. */
  List<Link> links() throws IOException, InterruptedException {
    byte[] json = get("/api/v2/dependencies?endTs=" + System.currentTimeMillis());
    return Json.read(json, new TypeReference<List<Link>>() {});
  }

  /** Returns the page that shows a trace. */
  URI page(String traceId) {
    return URI.create(uri + "/zipkin/traces/" + traceId);
  }

  /** Returns the page that shows who called whom in the last hour. */
  URI graph() {
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
