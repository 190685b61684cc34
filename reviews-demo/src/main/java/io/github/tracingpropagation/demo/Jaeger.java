// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.Span.Kind;

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

  /** Checks both servers. Jaeger answers unknown paths with its page, so the JSON decides. */
  @Override
  public void check() throws IOException {
    get("/api/v3/services");
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
      return spans(get(path)).stream().collect(groupingBy(Span::traceId)).values().stream()
          .filter(spans -> meshId.equals(spans.get(0).tags().get(Sidecars.MESH_ID)))
          .limit(limit)
          .map(Trace::new)
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
  private static List<Span> spans(JsonNode json) {
    List<Span> spans = new ArrayList<>();
    for (JsonNode resource : json.at("/result/resourceSpans")) {
      String name = tags(resource.path("resource")).get("service.name");
      Endpoint service = Endpoint.newBuilder().serviceName(name).build();
      for (JsonNode scope : resource.path("scopeSpans")) {
        scope.path("spans").forEach(span -> spans.add(span(span, service)));
      }
    }
    return spans;
  }

  /** Returns a span with the ids of the headers: Jaeger pads a trace id of 64 bits to 128. */
  private static Span span(JsonNode node, Endpoint service) {
    long start = node.path("startTimeUnixNano").asLong() / 1000;
    long end = node.path("endTimeUnixNano").asLong() / 1000;
    String parent = node.path("parentSpanId").asText();
    Span.Builder span =
        Span.newBuilder()
            .traceId(node.path("traceId").asText().replaceFirst(PADDING, ""))
            .id(node.path("spanId").asText())
            .parentId(parent.isEmpty() ? null : parent)
            .kind(node.path("kind").asText().matches("2|.*SERVER") ? Kind.SERVER : Kind.CLIENT)
            .timestamp(start)
            .duration(end - start)
            .localEndpoint(service);
    tags(node).forEach(span::putTag);
    return span.build();
  }

  private static Map<String, String> tags(JsonNode node) {
    Map<String, String> tags = new HashMap<>();
    for (JsonNode tag : node.path("attributes")) {
      tags.put(tag.path("key").asText(), tag.at("/value/stringValue").asText());
    }
    return tags;
  }
}
