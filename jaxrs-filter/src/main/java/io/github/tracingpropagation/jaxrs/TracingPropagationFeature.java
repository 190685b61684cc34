// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Captures the tracing headers of inbound requests where it is registered with an application, and
 * forwards them with outbound calls where it is registered with a client. One instance serves any
 * number of both, on all threads.
 *
 * <p>In Jersey, RESTEasy and CXF a thread of the server is clean as soon as it is done with a
 * request, though the request may be suspended. Elsewhere the next request cleans it, or the
 * servlet filter above. With Jersey and RESTEasy an asynchronous call forwards what was captured
 * where it was made, with other clients what is current where their filters run.
 */
public final class TracingPropagationFeature implements Feature {
  private final @Nullable TracingPropagation propagation;

  /**
   * Takes the settings from configuration properties named as those of {@link
   * TracingPropagation#fromEnvironment()}, and those that are missing from the environment.
   */
  public TracingPropagationFeature() {
    propagation = null;
  }

  /**
   * Takes the settings from code.
   *
   * @param propagation what to capture and forward
   */
  public TracingPropagationFeature(TracingPropagation propagation) {
    this.propagation = requireNonNull(propagation, "propagation");
  }

  /**
   * Registers the filters.
   *
   * @throws IllegalArgumentException if a setting is wrong
   */
  @Override
  public boolean configure(FeatureContext context) {
    Configuration configuration = context.getConfiguration();
    TracingPropagation settings =
        propagation != null
            ? propagation
            : TracingPropagation.fromEnvironment(key -> property(configuration, key));
    if (configuration.getRuntimeType() == RuntimeType.CLIENT) {
      Engine engine = Engine.ofClient(configuration);
      context.register(new ClientFilter(settings, engine), ClientFilter.PRIORITY);
      if (engine == Engine.JERSEY) {
        context.register(new JerseyCaller());
      }
    } else {
      registerServer(context, settings, Engine.of(configuration));
    }
    return true;
  }

  static void registerServer(FeatureContext context, TracingPropagation settings, Engine engine) {
    switch (engine) {
      case JERSEY -> context.register(new JerseyListener(settings));
      case RESTEASY ->
          register(context, settings, (current, close) -> ResteasyData.atEndOfDispatch(close));
      case CXF -> register(context, settings, CxfInterceptor::takeOver);
      case OTHER -> {
        register(context, settings, (current, close) -> {});
        context.register(new ServerFilter.Response(), ServerFilter.PRIORITY);
      }
    }
  }

  private static void register(
      FeatureContext context, TracingPropagation settings, BiConsumer<Context, Runnable> engine) {
    context.register(new ServerFilter(settings, engine), ServerFilter.PRIORITY);
    context.register(new ServerWriter(), ServerFilter.PRIORITY);
  }

  private static @Nullable String property(Configuration configuration, String key) {
    Object value = configuration.getProperty(key);
    return value == null ? null : value.toString();
  }
}
