// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.OnceLogger;
import io.opentelemetry.context.Context;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tracing agents in this JVM and the header families that they write. Immutable.
 *
 * <p>An agent writes its headers below any filter or interceptor of this library: the same family
 * forwarded by both would mix two traces. If an agent's headers are configurable, they are read
 * from the agent by reflection; if that fails, all that it can write count as written.
 *
 * @param names the agents' vendors
 * @param families without {@code REQUEST_ID} and {@code BAGGAGE}
 */
record Agents(List<String> names, Set<HeaderFamily> families) {
  private static final OnceLogger LOGGER = OnceLogger.of(Agents.class);

  static final Agents NONE = new Agents(List.of(), Set.of());

  /** Returns the agents whose classes are on the bootstrap class loader or the class path. */
  static Agents inThisJvm() {
    Agents agents = NONE;
    if (isOpenTelemetry()) {
      agents = agents.and("OpenTelemetry", writtenByOpenTelemetry());
    }
    if (isLoadable("datadog.trace.bootstrap.Agent", null)) {
      agents = agents.and("Datadog", writtenByDatadog());
    }
    if (isLoadable("com.newrelic.agent.bridge.AgentBridge", null)) {
      agents = agents.and("New Relic", Set.of(HeaderFamily.W3C));
    }
    if (isLoadable("java.lang.IndyBootstrapDispatcher", null)) {
      agents = agents.and("Elastic", Set.of(HeaderFamily.W3C));
    }
    ClassLoader system = ClassLoader.getSystemClassLoader();
    if (isLoadable("org.apache.skywalking.apm.agent.SkyWalkingAgent", system)) {
      agents = agents.and("SkyWalking", Set.of(HeaderFamily.SKYWALKING));
    }
    return agents;
  }

  /**
   * Logs once that an agent's span has hidden what the thread had: Elastic's bridge starts each of
   * its spans in an empty context.
   */
  static void warnIfHiding(Context context) {
    if (context.getClass().getName().startsWith("co.elastic.apm.")) {
      LOGGER.notForwarded(
          "calls within a span of Elastic's agent",
          "it starts the span in an empty context",
          "Use a client that takes the headers before its span:"
              + " OkHttp, the JDK's client or Jakarta REST's.");
    }
  }

  /** Returns whether OpenTelemetry's is here, or its distributions of Splunk, AWS and others. */
  static boolean isOpenTelemetry() {
    return isLoadable("io.opentelemetry.javaagent.bootstrap.InstrumentationHolder", null);
  }

  private Agents and(String name, Set<HeaderFamily> written) {
    Set<HeaderFamily> excluded = EnumSet.noneOf(HeaderFamily.class);
    excluded.addAll(written);
    // Not excluded: the agent's extension writes the request id, but not with every client;
    // baggage is forwarded only if the user names it.
    excluded.remove(HeaderFamily.REQUEST_ID);
    excluded.remove(HeaderFamily.BAGGAGE);
    if (excluded.isEmpty()) {
      return this;
    }
    excluded.addAll(families);
    return new Agents(
        Stream.concat(names.stream(), Stream.of(name)).toList(), Set.copyOf(excluded));
  }

  private static boolean isLoadable(String name, @Nullable ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /**
   * Reads the fields of the propagators in the agent's shaded copy of the API. Not in the
   * application's copy: if the agent is disabled, reading them would set the global instance, and
   * the application could no longer set its own SDK.
   */
  private static Set<HeaderFamily> writtenByOpenTelemetry() {
    String api = "io.opentelemetry.javaagent.shaded.io.opentelemetry.";
    try {
      Object propagators = call(api + "api.GlobalOpenTelemetry", "getPropagators", null);
      Object propagator =
          call(api + "context.propagation.ContextPropagators", "getTextMapPropagator", propagators);
      Object fields = call(api + "context.propagation.TextMapPropagator", "fields", propagator);
      return Header.familiesOf(((Collection<?>) fields).stream().map(Object::toString).toList());
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      return Set.of(HeaderFamily.W3C, HeaderFamily.B3, HeaderFamily.JAEGER, HeaderFamily.XRAY);
    }
  }

  /** Reads the agent's resolved configuration, because its styles can be set in many places. */
  private static Set<HeaderFamily> writtenByDatadog() {
    String config = "datadog.trace.api.Config";
    try {
      Object current = call(config, "get", null);
      Set<HeaderFamily> families = EnumSet.noneOf(HeaderFamily.class);
      if (Boolean.TRUE.equals(call(config, "isTraceEnabled", current))) {
        Object styles = call(config, "getTracePropagationStylesToInject", current);
        for (Object style : (Collection<?>) styles) {
          families.addAll(writtenByDatadogStyle(((Enum<?>) style).name()));
        }
      }
      return families;
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      return Set.of(HeaderFamily.DATADOG, HeaderFamily.W3C, HeaderFamily.B3, HeaderFamily.XRAY);
    }
  }

  private static Set<HeaderFamily> writtenByDatadogStyle(String style) {
    return switch (style) {
      case "DATADOG" -> Set.of(HeaderFamily.DATADOG);
      case "TRACECONTEXT" -> Set.of(HeaderFamily.W3C);
      case "B3MULTI", "B3SINGLE" -> Set.of(HeaderFamily.B3);
      case "XRAY" -> Set.of(HeaderFamily.XRAY);
      default -> Set.of();
    };
  }

  /** Calls a public method, without parameters, of a class on the bootstrap class loader. */
  private static Object call(String type, String method, @Nullable Object target)
      throws ReflectiveOperationException {
    Object result = Class.forName(type, true, null).getMethod(method).invoke(target);
    if (result == null) {
      throw new ReflectiveOperationException(type + "." + method + " returned null");
    }
    return result;
  }

  /** Returns the text that the description of the default providers ends with; empty for none. */
  @Override
  public String toString() {
    return names.isEmpty()
        ? ""
        : " without "
            + Header.namesOf(families)
            + ", which the agent of "
            + String.join(" and ", names)
            + " writes";
  }
}
