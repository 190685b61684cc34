// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.backend;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span in Zipkin's JSON. Client and server report one span each with the same id. Threads may
 * share it.
 *
 * @param timestamp microseconds since the epoch
 * @param duration microseconds
 * @param shared whether the server reported it, under the id of the client's span
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ZipkinSpan(
    String traceId,
    String id,
    @Nullable String parentId,
    @Nullable String kind,
    long timestamp,
    long duration,
    @Nullable Endpoint localEndpoint,
    @Nullable Map<String, String> tags,
    boolean shared) {

  /** A service that reports spans. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Endpoint(@Nullable String serviceName) {}

  /** Returns the reporting service's name, or {@code ?}. */
  public String service() {
    String name = localEndpoint == null ? null : localEndpoint.serviceName();
    return name == null ? "?" : name;
  }
}
