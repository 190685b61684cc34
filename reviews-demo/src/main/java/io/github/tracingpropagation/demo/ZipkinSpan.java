// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span in Zipkin's JSON. As Istio configures it, client and server have a span id each. Threads
 * may share it.
 *
 * @param timestamp microseconds since the epoch
 * @param duration microseconds
 */
public record ZipkinSpan(
    String traceId,
    String id,
    @Nullable String parentId,
    @Nullable String kind,
    long timestamp,
    long duration,
    @Nullable Endpoint localEndpoint,
    @Nullable Map<String, String> tags) {

  /** A service that reports spans. */
  public record Endpoint(@Nullable String serviceName) {}

  /** Returns the reporting service's name, or {@code ?}. */
  public String service() {
    String name = localEndpoint == null ? null : localEndpoint.serviceName();
    return name == null ? "?" : name;
  }
}
