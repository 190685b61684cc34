// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.mesh.Mesh;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A client of Jaeger's <a href="https://www.jaegertracing.io/docs/latest/apis/">query API</a>,
 * {@code /api/v3}, whose spans are in OTLP's JSON. Threads may share it.
 *
 * @param start of the story
 */
record Jaeger(URI uri, URI collector, Instant start) implements TraceBackend {
  private static final int MAX_TRACES = 10_000; // Elasticsearch refuses to search for more
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
  private static final String PADDING = "^0{16}(?=.{16}$)";

  /** {@code SpanKind} of OTLP, of which the sidecars use SERVER and CLIENT. */
  private static final Map<String, String> KINDS =
      Map.of(
          "2", "SERVER", "3", "CLIENT", "SPAN_KIND_SERVER", "SERVER", "SPAN_KIND_CLIENT", "CLIENT");

  /** Checks both servers. Jaeger answers unknown paths with its page, so the JSON decides. */
  @Override
  public void check() throws IOException {
    get("/api/v3/services", new TypeReference<JsonNode>() {});
    try {
      HttpURLConnection noSpans = TraceBackend.connect(collector + "/api/v2/spans");
      noSpans.setDoOutput(true);
      noSpans.setRequestProperty("content-type", "application/json");
      noSpans.getOutputStream().write("[]".getBytes(UTF_8));
      if (noSpans.getResponseCode() != HttpURLConnection.HTTP_ACCEPTED) {
        throw new IOException("status " + noSpans.getResponseCode());
      }
    } catch (IOException e) {
      throw TraceBackend.noAnswer("collector of Zipkin's spans", collector, e);
    }
  }

  /** Searches in the traces of all meshes since the start: this API does not search by tag. */
  @Override
  public List<Trace> traces(String meshId, int limit) throws IOException {
    String path =
        "/api/v3/traces?query.service_name=%s&query.start_time_min=%s&query.start_time_max=%s&query.num_traces=%d"
            .formatted(
                Mesh.REVIEWS, // has a span in each trace
                start.minus(CLOCKS_DIFFER),
                Instant.now().plus(CLOCKS_DIFFER),
                Math.min(MAX_TRACES, 4 * limit)); // for the four steps of the story
    try {
      return spans(get(path, new TypeReference<JsonNode>() {})).stream()
          .collect(groupingBy(Trace.Span::traceId))
          .values()
          .stream()
          .map(Trace::new)
          .filter(trace -> trace.hasTag(Sidecars.MESH_ID, meshId))
          .limit(limit)
          .toList();
    } catch (IOException e) {
      if (e.getCause() instanceof FileNotFoundException) { // no traces
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public String page(String traceId) {
    return uri + "/trace/" + traceId;
  }

  @Override
  public String graph() {
    return uri + "/dependencies";
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
