// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The counts that the backend returned; record components are the JSON's keys, in this order.
 * Threads may share it.
 *
 * @param zipkin base URI of the server if it is Zipkin, else null
 * @param jaeger base URI of the server if it is Jaeger, else null
 * @param trace id of a whole trace
 */
public record StoryResult(
    Traces withoutForwarding,
    Traces withForwarding,
    Sampling sampling,
    Forced forced,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable URI zipkin,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable URI jaeger,
    String trace) {

  /** Traces of a step in which every request is sampled. */
  public record Traces(int requests, int traces, int whole) {}

  /** Traces of the step in which the sidecars sample. */
  public record Sampling(BigDecimal percent, int requests, int traced) {}

  /** Traces of the step in which each request forces a trace. */
  public record Forced(int requests, int traced) {}
}
