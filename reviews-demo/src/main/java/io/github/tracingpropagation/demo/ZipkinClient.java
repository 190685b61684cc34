// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.tracingpropagation.demo.bookinfo.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;

/**
 * A client of Zipkin's <a href="https://zipkin.io/zipkin-api/">query API</a>. Threads may share it.
 */
public final class ZipkinClient extends TraceBackend {
  /**
   * Creates a client.
   *
   * @param uri the base URI of the server, without a slash at the end
   */
  public ZipkinClient(URI uri) {
    super(new QueryApi("Zipkin", uri), uri);
  }

  @Override
  public void check() throws IOException, InterruptedException {
    query.get("/health");
    query.get("/api/v2/services"); // other servers may have /health, too
  }

  @Override
  public List<Trace> traces(String meshId, String service, int limit)
      throws IOException, InterruptedException {
    String tag = URLEncoder.encode(MESH_ID + "=" + meshId, UTF_8);
    byte[] json = query.get("/api/v2/traces?limit=" + limit + "&annotationQuery=" + tag);
    return Json.MAPPER.readValue(json, new TypeReference<List<List<ZipkinSpan>>>() {}).stream()
        .map(Trace::new)
        .toList();
  }

  @Override
  public URI page(String traceId) {
    return URI.create(uri() + "/zipkin/traces/" + traceId);
  }

  /** Returns the page of the dependency graph of the last hour. */
  @Override
  public URI graph() {
    long now = System.currentTimeMillis();
    long hourAgo = now - Duration.ofHours(1).toMillis();
    return URI.create(uri() + "/zipkin/dependency?startTime=" + hourAgo + "&endTime=" + now);
  }
}
