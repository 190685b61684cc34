// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Captures the tracing headers of inbound requests where it is registered with an application, and
 * forwards them with outbound calls where it is registered with a client. One instance serves any
 * number of both, on all threads.
 *
 * <p>It serves Jersey, RESTEasy and CXF, where a thread of the server is clean as soon as it is
 * done with a request, though the request may be suspended. On another server it registers nothing
 * and logs a warning: the servlet filter above it serves synchronous methods. With Jersey an
 * asynchronous call forwards what was captured where it was made, with other clients what their
 * executor hands over.
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
   * Registers the filters, and logs at INFO what is in force, once for the same settings.
   *
   * @return whether the engine is known
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
      Once.log(Level.INFO, "Jakarta REST client forwards with " + settings);
      Engine engine = Engine.ofClient(configuration);
      context.register(new ClientFilter(settings, engine), ClientFilter.PRIORITY);
      if (engine == Engine.JERSEY) {
        context.register(new JerseyCaller());
      } else if (configuration.getClass().getName().startsWith(ResteasyCaller.CLIENT)) {
        context.register(new ResteasyCaller(), ResteasyCaller.PRIORITY);
      }
      return true;
    }
    return registerServer(context, settings);
  }

  private static boolean registerServer(FeatureContext context, TracingPropagation settings) {
    Configuration configuration = context.getConfiguration();
    Engine engine = Engine.of(configuration);
    if (engine != Engine.OTHER) {
      Once.log(Level.INFO, "Jakarta REST application captures with " + settings);
    }
    switch (engine) {
      case JERSEY -> context.register(new JerseyListener(settings));
      case RESTEASY -> register(context, new ServerFilter(settings, ResteasyData::atEndOfDispatch));
      case CXF -> register(context, new ServerFilter(settings, CxfInterceptor::takeOver));
      case OTHER -> {
        Once.log(Level.WARNING, unknown(configuration));
        return false;
      }
    }
    return true;
  }

  private static String unknown(Configuration configuration) {
    return "Tracing headers are not captured by TracingPropagationFeature. "
        + configuration.getClass().getName()
        + (Engine.isHidden(configuration)
            ? " belongs to a Jakarta REST engine that this library's class loader does not see"
            : " belongs to a Jakarta REST engine that is not known here")
        + ": register the servlet filter of tracing-propagation-servlet-filter above it, which"
        + " serves synchronous methods, or run on Jersey, RESTEasy or CXF";
  }

  private static void register(FeatureContext context, ServerFilter filter) {
    context.register(filter, ServerFilter.PRIORITY);
    context.register(new ServerWriter(), ServerFilter.PRIORITY);
  }

  private static @Nullable String property(Configuration configuration, String key) {
    Object value = configuration.getProperty(key);
    return value == null ? null : value.toString();
  }
}
