// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.math.BigDecimal;
import java.net.URI;

/**
 * What Zipkin has of the story; the components are the JSON's keys, in this order.
 *
 * @param zipkin where the traces are
 * @param trace the id of one that is whole
 */
record StoryResult(
    Traces withoutForwarding,
    Traces withForwarding,
    Sampling sampling,
    Forced forced,
    URI zipkin,
    String trace) {

  record Traces(int requests, int traces, int whole) {}

  record Sampling(BigDecimal percent, int requests, int traced) {}

  record Forced(int requests, int traced) {}
}
