// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.adapter.OutboundRequest;
import io.github.tracingpropagation.adapter.Setting;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A message to a broker. A topic or a queue has no host, so it gets headers only while every host
 * may have them.
 *
 * @param headerNames of the headers that it has
 * @param setter adds a header
 */
record OutboundMessage(Collection<String> headerNames, BiConsumer<String, String> setter)
    implements OutboundRequest {
  private static final OnceLogger LOGGER = OnceLogger.of(OutboundMessage.class);

  /** Returns why a kind of template forwards nothing, or null if it may. */
  static @Nullable String refusal(
      TracingPropagation propagation, TracingPropagationProperties properties, String template) {
    if (!properties.messaging()) {
      return TracingPropagationProperties.MESSAGING + " is false";
    }
    if (propagation.destinations().includesAll()) {
      return null;
    }
    String reason = "messages have no host, and " + Setting.FORWARD_TO.key() + " names hosts";
    LOGGER.notForwarded(
        template,
        reason,
        "Remove "
            + Setting.FORWARD_TO.key()
            + " or "
            + TracingPropagationProperties.MESSAGING
            + ".");
    return reason;
  }

  @Override
  public @Nullable String host() {
    return null;
  }

  @Override
  public @Nullable String hostHeader() {
    return null;
  }

  @Override
  public void setHeader(String name, String value) {
    setter.accept(name, value);
  }
}
