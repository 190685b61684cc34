// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tracing agents in this JVM and the families of headers that they write, beneath any filter or
 * interceptor of ours: what is forwarded there as well would mix two traces.
 *
 * <p>Where an agent can be configured to write other headers it is asked which; one that does not
 * answer counts as writing all that it can.
 *
 * @param names of the agents' vendors
 * @param families their bits
 */
record Agents(List<String> names, long families) {
  static final Agents NONE = new Agents(List.of(), 0);

  private static final HeaderTable KNOWN = new HeaderTable(0, List.of());

  /** Finds them on the bootstrap class loader, where no application has its classes. */
  static Agents inThisJvm() {
    Agents agents = NONE;
    // Splunk's, AWS's, Elastic's and Microsoft's distributions, too.
    if (isLoaded("io.opentelemetry.javaagent.bootstrap.InstrumentationHolder", null)) {
      agents = agents.and("OpenTelemetry", ofOpenTelemetry());
    }
    if (isLoaded("datadog.trace.bootstrap.Agent", null)) {
      agents = agents.and("Datadog", ofDatadog());
    }
    if (isLoaded("com.newrelic.agent.bridge.AgentBridge", null)) {
      agents = agents.and("New Relic", HeaderFamily.W3C.bit());
    }
    if (isLoaded("java.lang.IndyBootstrapDispatcher", null)) {
      agents = agents.and("Elastic", HeaderFamily.W3C.bit());
    }
    ClassLoader system = ClassLoader.getSystemClassLoader();
    if (isLoaded("org.apache.skywalking.apm.agent.SkyWalkingAgent", system)) {
      agents = agents.and("SkyWalking", HeaderFamily.SKYWALKING.bit());
    }
    return agents;
  }

  private Agents and(String name, long written) {
    long ours = written & ~HeaderFamily.BAGGAGE.bit(); // forwarded by name only
    return ours == 0
        ? this
        : new Agents(Stream.concat(names.stream(), Stream.of(name)).toList(), families | ours);
  }

  private static boolean isLoaded(String name, @Nullable ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /**
   * Asks the propagators of the agent's own copy of the API. The application's copy must not be
   * asked: where the agent is disabled, that would keep the application from setting its own SDK.
   */
  private static long ofOpenTelemetry() {
    String api = "io.opentelemetry.javaagent.shaded.io.opentelemetry.";
    try {
      Object propagators = call(api + "api.GlobalOpenTelemetry", "getPropagators", null);
      Object propagator =
          call(api + "context.propagation.ContextPropagators", "getTextMapPropagator", propagators);
      long families = 0;
      Object fields = call(api + "context.propagation.TextMapPropagator", "fields", propagator);
      for (Object field : (Collection<?>) fields) {
        families |= KNOWN.familiesOf(List.of(field.toString()));
      }
      return families;
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      return HeaderFamily.bits(
          HeaderFamily.W3C, HeaderFamily.B3, HeaderFamily.JAEGER, HeaderFamily.XRAY);
    }
  }

  /** Asks the agent's configuration, since its styles may be set in many places. */
  private static long ofDatadog() {
    String config = "datadog.trace.api.Config";
    try {
      Object current = call(config, "get", null);
      long families = 0;
      if (Boolean.TRUE.equals(call(config, "isTraceEnabled", current))) {
        Object styles = call(config, "getTracePropagationStylesToInject", current);
        for (Object style : (Collection<?>) styles) {
          families |= ofDatadogStyle(((Enum<?>) style).name());
        }
      }
      return families;
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      return HeaderFamily.bits(
          HeaderFamily.DATADOG, HeaderFamily.W3C, HeaderFamily.B3, HeaderFamily.XRAY);
    }
  }

  private static long ofDatadogStyle(String style) {
    return switch (style) {
      case "DATADOG" -> HeaderFamily.DATADOG.bit();
      case "TRACECONTEXT" -> HeaderFamily.W3C.bit();
      case "B3MULTI", "B3SINGLE" -> HeaderFamily.B3.bit();
      case "XRAY" -> HeaderFamily.XRAY.bit();
      default -> 0;
    };
  }

  /** Calls a public method of a class on the bootstrap class loader. */
  private static Object call(String type, String method, @Nullable Object target)
      throws ReflectiveOperationException {
    Object result = Class.forName(type, true, null).getMethod(method).invoke(target);
    if (result == null) {
      throw new ReflectiveOperationException(type + "." + method + " returned null");
    }
    return result;
  }

  /** Returns what an explanation of the default says of the agents; nothing without any. */
  @Override
  public String toString() {
    return names.isEmpty()
        ? ""
        : " without "
            + KNOWN.namesOf(families)
            + ", which the agent of "
            + String.join(" and ", names)
            + " writes";
  }
}
