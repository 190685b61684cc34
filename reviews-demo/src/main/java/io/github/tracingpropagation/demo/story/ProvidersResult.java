// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counts of each provider; record components are the JSON's keys, in this order. Threads may
 * share it.
 */
public record ProvidersResult(List<Provider> providers) {
  /**
   * The counts of one provider.
   *
   * @param provider the option's value
   * @param headers that each have the trace id
   */
  public record Provider(
      String provider,
      List<String> headers,
      Forwarding withoutForwarding,
      Forwarding withForwarding) {}

  /**
   * The counts of one step.
   *
   * @param continued requests whose trace id and x-request-id are the same in reviews and ratings
   * @param traces that Zipkin has, or null if the tracer does not report to it
   * @param whole number of traces that have all spans under one root, or null likewise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Forwarding(
      int requests, int continued, @Nullable Integer traces, @Nullable Integer whole) {}
}
