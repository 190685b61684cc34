// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.bookinfo.Json;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;

/**
 * A client of Zipkin's <a href="https://zipkin.io/zipkin-api/">query API</a>. Threads may share it.
 */
final class ZipkinClient extends TraceBackend {
  ZipkinClient(URI uri) {
    super("Zipkin", uri, uri);
  }

  @Override
  void check() throws IOException, InterruptedException {
    get("/health", 200);
    get("/api/v2/services", 200); // other servers may have /health, too
  }

  @Override
  List<Trace> traces(String meshId, String service, int limit)
      throws IOException, InterruptedException {
    String tag = URLEncoder.encode(Sidecars.MESH_ID + "=" + meshId, UTF_8);
    JsonNode json = get("/api/v2/traces?limit=" + limit + "&annotationQuery=" + tag, 200);
    return Json.MAPPER.convertValue(json, new TypeReference<List<List<Trace.Span>>>() {}).stream()
        .map(Trace::new)
        .toList();
  }

  @Override
  String page(String traceId) {
    return uri() + "/zipkin/traces/" + traceId;
  }

  /** Returns the page of the dependency graph of the last hour. */
  @Override
  String graph() {
    long now = System.currentTimeMillis();
    long hourAgo = now - Duration.ofHours(1).toMillis();
    return uri() + "/zipkin/dependency?startTime=" + hourAgo + "&endTime=" + now;
  }
}
