// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.jaeger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.service.Json;
import io.github.tracingpropagation.demo.zipkin.QueryApi;
import io.github.tracingpropagation.demo.zipkin.Trace;
import io.github.tracingpropagation.demo.zipkin.TraceBackend;
import io.github.tracingpropagation.demo.zipkin.ZipkinReporter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A client of Jaeger's <a href="https://www.jaegertracing.io/docs/latest/apis/">query API</a>:
 * {@code /api/v3}, or {@code /api/traces} of a Jaeger that does not have that. Threads may share
 * it.
 */
public final class JaegerClient implements TraceBackend {
  /** The usual port for spans in Zipkin's format. */
  public static final int ZIPKIN_PORT = 9411;

  private static final int MAX_TRACES = 10_000; // Elasticsearch refuses to search for more

  private final QueryApi query;
  private final QueryApi collector;
  private final Instant start = Instant.now();
  private volatile boolean v3;

  /**
   * Creates a client, which {@link #check()} must be called on first.
   *
   * @param query base URI of the pages and the query API, without a slash at the end
   * @param collector base URI of the collector's port for Zipkin's format
   */
  public JaegerClient(URI query, URI collector) {
    this.query = new QueryApi(name(), query);
    this.collector = new QueryApi("collector of Zipkin's spans", collector);
  }

  @Override
  public String name() {
    return "Jaeger";
  }

  @Override
  public URI uri() {
    return query.uri();
  }

  @Override
  public URI collector() {
    return collector.uri();
  }

  /** Checks both servers. Jaeger answers unknown paths with its page, so the JSON decides. */
  @Override
  public void check() throws IOException, InterruptedException {
    v3 = isJson("/api/v3/services");
    if (!v3 && !isJson("/api/services")) {
      throw query.failure("neither /api/v3/services nor /api/services is JSON");
    }
    int status = collector.post("/api/v2/spans", "[]");
    if (status != 202) {
      throw collector.failure("/api/v2/spans: " + status);
    }
  }

  @Override
  public List<Trace> traces(String meshId, String service, int limit)
      throws IOException, InterruptedException {
    return v3 ? tracesV3(meshId, service, limit) : tracesV1(meshId, service, limit);
  }

  @Override
  public URI page(String traceId) {
    return URI.create(uri() + "/trace/" + traceId);
  }

  @Override
  public URI graph() {
    return URI.create(uri() + "/dependencies");
  }

  /** Gets the traces of all meshes since the start: this API does not search by tag. */
  private List<Trace> tracesV3(String meshId, String service, int limit)
      throws IOException, InterruptedException {
    Instant now = Instant.now();
    String path =
        "/api/v3/traces?query.service_name=%s&query.start_time_min=%s&query.start_time_max=%s&query.num_traces=%d"
            .formatted(
                URLEncoder.encode(service, UTF_8),
                start.minus(Duration.ofMinutes(1)), // clocks differ
                now.plus(Duration.ofMinutes(1)),
                Math.min(MAX_TRACES, 4 * limit)); // for the four steps of the story
    HttpResponse<byte[]> response = query.response(path);
    if (response.statusCode() == 404) { // no traces
      return List.of();
    }
    if (response.statusCode() != 200) {
      throw query.failure("/api/v3/traces: " + response.statusCode());
    }
    return JaegerSpans.v3(Json.read(response.body())).stream()
        .filter(trace -> trace.hasTag(ZipkinReporter.MESH_ID, meshId))
        .limit(limit)
        .toList();
  }

  private List<Trace> tracesV1(String meshId, String service, int limit)
      throws IOException, InterruptedException {
    String tags = Json.text(Map.of(ZipkinReporter.MESH_ID, meshId));
    byte[] json =
        query.get(
            "/api/traces?service=%s&tags=%s&limit=%d&lookback=custom&start=%d&end=%d"
                .formatted(
                    URLEncoder.encode(service, UTF_8),
                    URLEncoder.encode(tags, UTF_8),
                    limit,
                    micros(start.minus(Duration.ofMinutes(1))),
                    micros(Instant.now().plus(Duration.ofMinutes(1)))));
    return JaegerSpans.v1(Json.read(json));
  }

  private boolean isJson(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = query.response(path);
    try {
      JsonNode json = Json.read(response.body());
      return response.statusCode() == 200 && json.isObject();
    } catch (IOException e) {
      return false;
    }
  }

  private static long micros(Instant time) {
    return time.toEpochMilli() * 1000;
  }
}
