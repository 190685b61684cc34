// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client of Jaeger's <a href="https://www.jaegertracing.io/docs/latest/apis/">query API</a>,
 * {@code /api/v3}, whose spans are in OTLP's JSON. Threads may share it.
 */
final class Jaeger extends TraceBackend {
  /** The usual port for spans in Zipkin's format. */
  private static final int ZIPKIN_PORT = 9411;

  private static final int MAX_TRACES = 10_000; // Elasticsearch refuses to search for more
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
  private static final String PADDING = "^0{16}(?=.{16}$)";

  /** {@code SpanKind} of OTLP, of which the sidecars use SERVER and CLIENT. */
  private static final Map<String, String> KINDS =
      Map.of(
          "2", "SERVER", "3", "CLIENT", "SPAN_KIND_SERVER", "SERVER", "SPAN_KIND_CLIENT", "CLIENT");

  private final Instant start = Instant.now();

  /** Creates a client; by default, the collector is at the usual port of the same host. */
  Jaeger(URI query, @Nullable URI collector) {
    super(
        "Jaeger",
        query,
        collector != null
            ? collector
            : URI.create("http://" + query.getHost() + ":" + ZIPKIN_PORT));
  }

  /**
   * Checks both servers. Jaeger answers unknown paths with its page, so the JSON decides.
   *
   * @throws IllegalArgumentException if one does not answer: its URL is an invalid option
   */
  @Override
  void check() throws InterruptedException {
    HttpRequest.Builder noSpans =
        HttpRequest.newBuilder()
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("[]"));
    try {
      get("/api/v3/services", 200);
      send("collector of Zipkin's spans", collector(), "/api/v2/spans", noSpans, 202);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Searches in the traces of all meshes since the start: this API does not search by tag. */
  @Override
  List<Trace> traces(String meshId, String service, int limit)
      throws IOException, InterruptedException {
    String path =
        "/api/v3/traces?query.service_name=%s&query.start_time_min=%s&query.start_time_max=%s&query.num_traces=%d"
            .formatted(
                service,
                start.minus(CLOCKS_DIFFER),
                Instant.now().plus(CLOCKS_DIFFER),
                Math.min(MAX_TRACES, 4 * limit)); // for the four steps of the story
    JsonNode json = get(path, 200, 404); // 404: no traces
    return spans(json).stream().collect(groupingBy(Trace.Span::traceId)).values().stream()
        .map(Trace::new)
        .filter(trace -> trace.hasTag(Sidecars.MESH_ID, meshId))
        .limit(limit)
        .toList();
  }

  @Override
  String page(String traceId) {
    return uri() + "/trace/" + traceId;
  }

  @Override
  String graph() {
    return uri() + "/dependencies";
  }

  /** Returns the spans of all traces, which the JSON has by service. */
  private static List<Trace.Span> spans(JsonNode json) {
    List<Trace.Span> spans = new ArrayList<>();
    for (JsonNode resource : json.at("/result/resourceSpans")) {
      String service = tags(resource.path("resource")).get("service.name");
      for (JsonNode scope : resource.path("scopeSpans")) {
        scope.path("spans").forEach(span -> spans.add(span(span, new Trace.Endpoint(service))));
      }
    }
    return spans;
  }

  /** Returns a span with the ids of the headers: Jaeger pads a trace id of 64 bits to 128. */
  private static Trace.Span span(JsonNode node, Trace.Endpoint service) {
    long start = node.path("startTimeUnixNano").asLong() / 1000;
    long end = node.path("endTimeUnixNano").asLong() / 1000;
    String parent = node.path("parentSpanId").asText();
    return new Trace.Span(
        node.path("traceId").asText().replaceFirst(PADDING, ""),
        node.path("spanId").asText(),
        parent.isEmpty() ? null : parent,
        KINDS.get(node.path("kind").asText()),
        start,
        end - start,
        service,
        tags(node));
  }

  private static Map<String, String> tags(JsonNode node) {
    return StreamSupport.stream(node.path("attributes").spliterator(), false)
        .collect(
            toMap(
                tag -> tag.path("key").asText(),
                tag -> tag.at("/value/stringValue").asText(),
                (first, second) -> second));
  }
}
