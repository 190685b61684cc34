// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The counts of a story; record components are the JSON's keys, in this order. */
public sealed interface StoryResult {
  /**
   * The counts that the backend returned for each of the four steps.
   *
   * @param zipkin base URI of the server if it is Zipkin, else null
   * @param jaeger base URI of the server if it is Jaeger, else null
   * @param trace id of a whole trace
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FourSteps(
      Traces withoutForwarding,
      Traces withForwarding,
      Sampling sampling,
      Forced forced,
      @Nullable URI zipkin,
      @Nullable URI jaeger,
      String trace)
      implements StoryResult {}

  /** Traces of a step in which every request is sampled. */
  record Traces(int requests, int traces, int whole) {}

  /** Traces of the step in which the sidecars sample. */
  record Sampling(BigDecimal percent, int requests, int traced) {}

  /** Traces of the step in which each request forces a trace. */
  record Forced(int requests, int traced) {}

  /** The counts of each provider. */
  record Providers(List<Provider> providers) implements StoryResult {}

  /**
   * The counts of one provider.
   *
   * @param provider the option's value
   * @param headers that each have the trace id
   */
  record Provider(
      String provider,
      List<String> headers,
      Continued withoutForwarding,
      Continued withForwarding) {}

  /**
   * The counts of one step of a provider.
   *
   * @param continued requests whose trace id and x-request-id are the same in reviews and ratings
   * @param traces that Zipkin has, or null if the tracer does not report to it
   * @param whole number of traces that have all spans under one root, or null likewise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Continued(
      int requests, int continued, @Nullable Integer traces, @Nullable Integer whole) {}
}
