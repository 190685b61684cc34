// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurablePropagatorProvider;
import org.jspecify.annotations.Nullable;

/**
 * Provides a propagator named {@code x-request-id} to the OpenTelemetry SDK and agent, which
 * forwards that header if {@code otel.propagators} or {@code OTEL_PROPAGATORS} contains the name.
 * Stateless, so any number of threads may share it. Public only because {@link
 * java.util.ServiceLoader} requires it; do not call it.
 *
 * <p>Only that header is forwarded: the SDK's own propagators, such as {@code b3multi}, forward the
 * trace, and a second writer would mix two traces. The order in the list does not matter. A
 * propagator cannot see the headers of the outgoing request, so the captured value replaces an
 * {@code x-request-id} that the application has set.
 *
 * <p>The settings are those of {@link TracingPropagation#fromEnvironment()}, read from the SDK's
 * configuration first. They determine what is captured: all headers that an adapter in the same
 * service may forward. Settings that are passed to an adapter in code are unknown here. A
 * propagator does not know the destination, so nothing is forwarded if {@code
 * tracing.propagation.forward-to} names hosts.
 *
 * <p>The agent loads extensions in a class loader of their own: {@link CapturedHeaders} of the
 * agent are not visible to the application, nor the other way round.
 */
public final class RequestIdPropagatorProvider implements ConfigurablePropagatorProvider {
  /** For {@link java.util.ServiceLoader}. */
  public RequestIdPropagatorProvider() {}

  @Override
  public String getName() {
    return Header.REQUEST_ID;
  }

  /**
   * Returns a propagator with the settings.
   *
   * @throws IllegalArgumentException if a setting is invalid
   */
  @Override
  public TextMapPropagator getPropagator(ConfigProperties config) {
    // Does not detect agents: the agent itself may be starting and have no propagators yet.
    return new RequestIdPropagator(
        Settings.ofProcess("OpenTelemetry's configuration", key -> value(config, key))
            .propagation(() -> Agents.NONE));
  }

  /** Returns the value; for a list in YAML, which Spring turns into one property each, joined. */
  private static @Nullable String value(ConfigProperties config, String key) {
    String value = config.getString(key);
    String item = value == null ? config.getString(key + "[0]") : null;
    for (int i = 1; item != null; i++) {
      value = value == null ? item : value + "," + item;
      item = config.getString(key + "[" + i + "]");
    }
    return value;
  }
}
