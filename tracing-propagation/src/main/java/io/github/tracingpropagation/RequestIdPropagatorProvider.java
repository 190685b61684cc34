// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurablePropagatorProvider;

/**
 * Lets the OpenTelemetry SDK and agent forward {@code x-request-id}, by the name {@code
 * x-request-id} in {@code otel.propagators} or {@code OTEL_PROPAGATORS}. Stateless, so any number
 * of threads may share it. Public only because {@link java.util.ServiceLoader} asks for that; there
 * is no need to call it.
 *
 * <p>It forwards that header alone: the SDK's own propagators, such as {@code b3multi}, carry the
 * trace on, and a second opinion would mix two families. Their order in the list does not matter.
 * As any propagator it cannot see what the outgoing request has, so the captured value takes the
 * place of an {@code x-request-id} that the application has set.
 *
 * <p>The settings are those of {@link TracingPropagation#fromEnvironment()}, from the SDK's
 * configuration first. They count for what is captured, which is everything that an adapter in the
 * same service may want to forward; what only code tells an adapter is not known here.
 * OpenTelemetry does not say where a request goes, so nothing is forwarded once {@code
 * tracing.propagation.forward-to} names hosts.
 *
 * <p>The agent loads its extensions apart from the application, whose {@link CapturedHeaders} and
 * the agent's do not see each other.
 */
public final class RequestIdPropagatorProvider implements ConfigurablePropagatorProvider {
  /** For {@link java.util.ServiceLoader}. */
  public RequestIdPropagatorProvider() {}

  @Override
  public String getName() {
    return Header.REQUEST_ID;
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if a setting is wrong
   */
  @Override
  public TextMapPropagator getPropagator(ConfigProperties config) {
    // Looks for no agent: it may be the one that is starting and has no propagators yet.
    return new RequestIdPropagator(
        Settings.ofProcess(config::getString).propagation(() -> Agents.NONE));
  }
}
