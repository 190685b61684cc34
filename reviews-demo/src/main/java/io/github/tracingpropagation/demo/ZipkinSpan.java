// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as Zipkin tells of it, or the half that one of two services has of it.
 *
 * @param timestamp in microseconds, as is the duration
 * @param shared whether this is the server's half of a span that the client began
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ZipkinSpan(
    String traceId,
    String id,
    @Nullable String parentId,
    @Nullable String kind,
    long timestamp,
    long duration,
    @Nullable Endpoint localEndpoint,
    @Nullable Map<String, String> tags,
    boolean shared) {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Endpoint(@Nullable String serviceName) {}

  String service() {
    String name = localEndpoint == null ? null : localEndpoint.serviceName();
    return name == null ? "?" : name;
  }
}
