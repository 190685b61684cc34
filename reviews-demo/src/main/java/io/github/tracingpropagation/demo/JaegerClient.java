// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.bookinfo.Json;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of Jaeger's <a href="https://www.jaegertracing.io/docs/latest/apis/">query API</a>,
 * {@code /api/v3}, whose spans are in OTLP's JSON. Threads may share it.
 */
final class JaegerClient extends TraceBackend {
  /** The usual port for spans in Zipkin's format. */
  static final int ZIPKIN_PORT = 9411;

  private static final int MAX_TRACES = 10_000; // Elasticsearch refuses to search for more
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
  private static final String PADDING = "0".repeat(16);

  /** {@code SpanKind} of OTLP, of which the sidecars use SERVER and CLIENT. */
  private static final Map<String, String> KINDS =
      Map.of(
          "2", "SERVER", "3", "CLIENT", "SPAN_KIND_SERVER", "SERVER", "SPAN_KIND_CLIENT", "CLIENT");

  private final Instant start = Instant.now();

  JaegerClient(URI query, URI collector) {
    super("Jaeger", query, collector);
  }

  /** Checks both servers. Jaeger answers unknown paths with its page, so the JSON decides. */
  @Override
  void check() throws IOException, InterruptedException {
    HttpResponse<byte[]> services = response("/api/v3/services");
    if (services.statusCode() != 200 || !new String(services.body(), UTF_8).startsWith("{")) {
      throw failure("/api/v3/services is not JSON");
    }
    String name = "collector of Zipkin's spans";
    HttpRequest.Builder noSpans =
        HttpRequest.newBuilder(URI.create(collector() + "/api/v2/spans"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("[]"));
    int status = send(name, collector(), noSpans).statusCode();
    if (status != 202) {
      throw failure(name, collector(), "/api/v2/spans: " + status);
    }
  }

  /** Searches in the traces of all meshes since the start: this API does not search by tag. */
  @Override
  List<Trace> traces(String meshId, String service, int limit)
      throws IOException, InterruptedException {
    String path =
        "/api/v3/traces?query.service_name=%s&query.start_time_min=%s&query.start_time_max=%s&query.num_traces=%d"
            .formatted(
                URLEncoder.encode(service, UTF_8),
                start.minus(CLOCKS_DIFFER),
                Instant.now().plus(CLOCKS_DIFFER),
                Math.min(MAX_TRACES, 4 * limit)); // for the four steps of the story
    HttpResponse<byte[]> response = response(path);
    if (response.statusCode() == 404) { // no traces
      return List.of();
    }
    if (response.statusCode() != 200) {
      throw failure("/api/v3/traces: " + response.statusCode());
    }
    return traces(Json.read(response.body())).stream()
        .filter(trace -> trace.hasTag(Sidecars.MESH_ID, meshId))
        .limit(limit)
        .toList();
  }

  @Override
  URI page(String traceId) {
    return URI.create(uri() + "/trace/" + traceId);
  }

  @Override
  URI graph() {
    return URI.create(uri() + "/dependencies");
  }

  /** Returns the traces. The JSON has the spans of all traces by service. */
  private static List<Trace> traces(JsonNode json) {
    Map<String, List<Trace.Span>> traces = new LinkedHashMap<>();
    for (JsonNode resource : json.path("result").path("resourceSpans")) {
      String service = tags(resource.path("resource")).get("service.name");
      for (JsonNode scope : resource.path("scopeSpans")) {
        for (JsonNode node : scope.path("spans")) {
          Trace.Span span = span(node, new Trace.Endpoint(service));
          traces.computeIfAbsent(span.traceId(), id -> new ArrayList<>()).add(span);
        }
      }
    }
    return traces.values().stream().map(Trace::new).toList();
  }

  /** Returns a span with the ids of the headers: Jaeger pads a trace id of 64 bits to 128. */
  private static Trace.Span span(JsonNode node, Trace.Endpoint service) {
    long start = node.path("startTimeUnixNano").asLong() / 1000;
    long end = node.path("endTimeUnixNano").asLong() / 1000;
    String parent = node.path("parentSpanId").asText();
    return new Trace.Span(
        node.path("traceId").asText().replaceFirst("^" + PADDING + "(?=.{16}$)", ""),
        node.path("spanId").asText(),
        parent.isEmpty() ? null : parent,
        KINDS.get(node.path("kind").asText()),
        start,
        end - start,
        service,
        tags(node));
  }

  private static Map<String, String> tags(JsonNode node) {
    Map<String, String> tags = new HashMap<>();
    for (JsonNode tag : node.path("attributes")) {
      tags.put(tag.path("key").asText(), tag.path("value").path("stringValue").asText());
    }
    return tags;
  }
}
