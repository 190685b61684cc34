// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.jaeger;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.zipkin.Trace;
import io.github.tracingpropagation.demo.zipkin.ZipkinSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts the JSON of Jaeger's query API. Jaeger has given the server's span of Zipkin's shared
 * pair an id of its own, as a child of the client's, so no span is shared here.
 */
final class JaegerSpans {
  private static final String PADDING = "0".repeat(16);

  /** {@code SpanKind} of OTLP, of which the sidecars use SERVER and CLIENT. */
  private static final Map<String, String> KINDS =
      Map.of(
          "2", "SERVER", "3", "CLIENT", "SPAN_KIND_SERVER", "SERVER", "SPAN_KIND_CLIENT", "CLIENT");

  private JaegerSpans() {}

  /** Returns the traces in OTLP's JSON, which has the spans of all traces by service. */
  static List<Trace> v3(JsonNode json) {
    Map<String, List<ZipkinSpan>> traces = new LinkedHashMap<>();
    for (JsonNode resource : json.path("result").path("resourceSpans")) {
      String service = otlpTags(resource.path("resource").path("attributes")).get("service.name");
      for (JsonNode scope : resource.path("scopeSpans")) {
        for (JsonNode span : scope.path("spans")) {
          long start = span.path("startTimeUnixNano").asLong() / 1000;
          long end = span.path("endTimeUnixNano").asLong() / 1000;
          add(
              traces,
              span.path("traceId").asText(),
              span.path("spanId").asText(),
              span.path("parentSpanId").asText(),
              KINDS.get(span.path("kind").asText()),
              start,
              end - start,
              service,
              otlpTags(span.path("attributes")));
        }
      }
    }
    return traces.values().stream().map(Trace::new).toList();
  }

  /** Returns the traces in the JSON of Jaeger's own page. */
  static List<Trace> v1(JsonNode json) {
    Map<String, List<ZipkinSpan>> traces = new LinkedHashMap<>();
    for (JsonNode trace : json.path("data")) {
      for (JsonNode span : trace.path("spans")) {
        Map<String, String> tags = new HashMap<>();
        span.path("tags")
            .forEach(tag -> tags.put(tag.path("key").asText(), tag.path("value").asText()));
        String kind = tags.get("span.kind");
        add(
            traces,
            span.path("traceID").asText(),
            span.path("spanID").asText(),
            span.path("references").path(0).path("spanID").asText(),
            kind == null ? null : kind.toUpperCase(Locale.ROOT),
            span.path("startTime").asLong(),
            span.path("duration").asLong(),
            trace
                .path("processes")
                .path(span.path("processID").asText())
                .path("serviceName")
                .asText(),
            tags);
      }
    }
    return traces.values().stream().map(Trace::new).toList();
  }

  private static void add(
      Map<String, List<ZipkinSpan>> traces,
      String paddedId,
      String id,
      String parent,
      @Nullable String kind,
      long start,
      long duration,
      @Nullable String service,
      Map<String, String> tags) {
    // The sidecars' ids, as they are in the headers: Jaeger pads 64 bits to 128.
    String traceId =
        paddedId.length() == 32 && paddedId.startsWith(PADDING) ? paddedId.substring(16) : paddedId;
    traces
        .computeIfAbsent(traceId, key -> new ArrayList<>())
        .add(
            new ZipkinSpan(
                traceId,
                id,
                parent.isEmpty() ? null : parent,
                kind,
                start,
                duration,
                new ZipkinSpan.Endpoint(service),
                tags,
                false));
  }

  private static Map<String, String> otlpTags(JsonNode attributes) {
    Map<String, String> tags = new HashMap<>();
    for (JsonNode attribute : attributes) {
      tags.put(
          attribute.path("key").asText(), attribute.path("value").path("stringValue").asText());
    }
    return tags;
  }
}
