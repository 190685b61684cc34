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
 * forwards them with outbound calls where it is registered with a client. One instance may be
 * registered with any number of both; it is immutable and safe for use by all threads.
 *
 * <p><b>Server.</b> Supports Jersey, RESTEasy and CXF: no captured header stays on a thread that
 * has finished with a request, even if the request is suspended. On any other engine it registers
 * nothing and logs a warning; the servlet filter in front of it serves synchronous methods.
 *
 * <p><b>Client.</b> An asynchronous call of Jersey forwards what was current on the caller's
 * thread. RESTEasy's asynchronous calls and CXF's {@code rx()} do so if the client's executor is
 * one of {@link io.opentelemetry.context.Context#taskWrapping}, otherwise they forward nothing and
 * log a warning. If {@code forwardTo} names hosts, a client that may follow redirects by itself
 * forwards nothing and logs a warning.
 */
public final class TracingPropagationFeature implements Feature {
  private final @Nullable TracingPropagation propagation;

  /**
   * Reads the settings when it is registered: from the properties of the Jakarta REST application
   * or client, under the names that {@link TracingPropagation#fromEnvironment()} documents, and
   * those that are absent there from the environment.
   */
  public TracingPropagationFeature() {
    propagation = null;
  }

  /**
   * Uses the given settings.
   *
   * @param propagation what to capture and forward
   */
  public TracingPropagationFeature(TracingPropagation propagation) {
    this.propagation = requireNonNull(propagation, "propagation");
  }

  /**
   * Registers the filters, and logs the settings at INFO, once for equal settings. The Jakarta REST
   * engine calls it.
   *
   * @return false on a server whose engine is not supported: nothing is registered
   * @throws IllegalArgumentException if a setting is invalid
   */
  @Override
  public boolean configure(FeatureContext context) {
    Configuration configuration = context.getConfiguration();
    TracingPropagation settings =
        propagation != null
            ? propagation
            : TracingPropagation.fromEnvironment(key -> property(configuration, key));
    if (configuration.getRuntimeType() == RuntimeType.CLIENT) {
      ClientFilter.LOGGER.log(Level.INFO, "Jakarta REST client forwards with " + settings);
      Engine engine = Engine.ofClient(configuration);
      context.register(new ClientFilter(settings, engine), ClientFilter.PRIORITY);
      if (engine == Engine.JERSEY) {
        context.register(new JerseyCallersHeaders(settings));
      }
      return true;
    }
    return registerServer(context, settings);
  }

  private static boolean registerServer(FeatureContext context, TracingPropagation settings) {
    Configuration configuration = context.getConfiguration();
    Engine engine = Engine.ofServer(configuration);
    if (engine != Engine.OTHER) {
      ClientFilter.LOGGER.log(Level.INFO, "Jakarta REST application captures with " + settings);
    }
    switch (engine) {
      case JERSEY -> context.register(new JerseyListener(settings));
      case RESTEASY ->
          register(context, new ServerFilter(settings, ResteasyContextData::closeAtEndOfDispatch));
      case CXF -> register(context, new ServerFilter(settings, CxfInterceptor::addToChain));
      case OTHER -> {
        ClientFilter.LOGGER.log(Level.WARNING, unsupported(configuration));
        return false;
      }
    }
    return true;
  }

  private static String unsupported(Configuration configuration) {
    return "TracingPropagationFeature captures no tracing headers: "
        + configuration.getClass().getName()
        + (Engine.isNotLoadable(configuration)
            ? " belongs to a Jakarta REST engine that this library's class loader cannot load"
            : " belongs to a Jakarta REST engine that is not supported")
        + ". Outbound calls forward none, unless the servlet filter of"
        + " tracing-propagation-servlet-filter is in front of it, which serves synchronous methods."
        + " Register that filter, or use Jersey, RESTEasy or CXF; with Quarkus REST, the dependency"
        + " tracing-propagation-quarkus-rest captures instead.";
  }

  private static void register(FeatureContext context, ServerFilter filter) {
    context.register(filter, ServerFilter.PRIORITY);
    context.register(new ServerWriterInterceptor(), ServerFilter.PRIORITY); // around all others
  }

  private static @Nullable String property(Configuration configuration, String key) {
    Object value = configuration.getProperty(key);
    return value == null ? null : value.toString();
  }
}
