// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Captures the tracing headers of an inbound request into a {@link Context}, and forwards them
 * unchanged to the outbound calls that the request causes. Immutable, so any number of threads may
 * share it; one instance for a whole service is enough.
 *
 * <p>Any HTTP client without an adapter forwards with one line:
 *
 * <pre>{@code
 * propagation.inject(Context.current(), uri, request, HttpRequest.Builder::setHeader);
 * }</pre>
 *
 * <p>Any entry point without an adapter, such as a message consumer, captures with two:
 *
 * <pre>{@code
 * try (Scope scope = propagation.extract(Context.current(), message, getter).makeCurrent()) {
 *   handle(message);
 * }
 * }</pre>
 *
 * <p>Configuration throws; extract and inject never do, unless the carrier itself does.
 */
public final class TracingPropagation {
  private final HeaderTable table;
  private final HeaderReader reader;
  private final Destinations destinations;
  private final String settings;

  TracingPropagation(
      HeaderTable table, int maxValueLength, Destinations destinations, String settings) {
    this.table = table;
    this.reader = new HeaderReader(table, maxValueLength);
    this.destinations = destinations;
    this.settings = settings;
  }

  /**
   * Returns the defaults: every header of every {@link TracingProvider}, to any host.
   *
   * @return a configuration equal to {@code builder().build()}
   */
  public static TracingPropagation create() {
    return builder().build();
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder for one thread
   */
  public static TracingPropagationBuilder builder() {
    return new TracingPropagationBuilder();
  }

  /**
   * Reads each setting from MicroProfile Config on a host that has it, else from a system property,
   * else from an environment variable. A blank setting counts as absent.
   *
   * <table>
   * <caption>Settings</caption>
   * <tr><th>property</th><th>variable</th><th>value</th></tr>
   * <tr><td>{@code tracing.propagation.providers}</td>
   *     <td>{@code TRACING_PROPAGATION_PROVIDERS}</td>
   *     <td>names of {@link TracingProvider}s in any case, separated by commas</td></tr>
   * <tr><td>{@code tracing.propagation.additional-headers}</td>
   *     <td>{@code TRACING_PROPAGATION_ADDITIONAL_HEADERS}</td>
   *     <td>header names, separated by commas</td></tr>
   * <tr><td>{@code tracing.propagation.forward-to}</td>
   *     <td>{@code TRACING_PROPAGATION_FORWARD_TO}</td>
   *     <td>{@code any}, or {@code in-mesh} and patterns of {@link Destinations#hosts}, separated
   *         by commas</td></tr>
   * <tr><td>{@code tracing.propagation.max-value-length}</td>
   *     <td>{@code TRACING_PROPAGATION_MAX_VALUE_LENGTH}</td>
   *     <td>a number of chars</td></tr>
   * </table>
   *
   * @return the configuration
   * @throws IllegalArgumentException if a setting is wrong, with its key, its value and what is
   *     allowed
   */
  public static TracingPropagation fromEnvironment() {
    return fromEnvironment(key -> null);
  }

  /**
   * Reads the settings as {@link #fromEnvironment()} does, but asks another source first, such as
   * the init-params of a servlet filter.
   *
   * @param first returns the value of a property, or null to go on with the environment
   * @return the configuration
   * @throws IllegalArgumentException if a setting is wrong, with its key, its value and what is
   *     allowed
   */
  public static TracingPropagation fromEnvironment(Function<String, @Nullable String> first) {
    requireNonNull(first, "first");
    return Settings.ofProcess(first).propagation();
  }

  /**
   * Returns the names of the headers that this configuration captures and forwards.
   *
   * @return the names in lower case
   */
  public Collection<String> fields() {
    return table.watchedNames();
  }

  /**
   * Returns the hosts that may receive the headers.
   *
   * @return what {@link TracingPropagationBuilder#forwardTo} was given
   */
  public Destinations destinations() {
    return destinations;
  }

  /**
   * Returns this configuration as a propagator for OpenTelemetry's own instrumentation, which does
   * not tell a propagator the host: it injects nothing once {@link #destinations()} names hosts.
   *
   * <p>Do not use it beside propagators of a tracer: a propagator cannot see what another one has
   * set, and would mix two traces. {@link RequestIdPropagatorProvider} is for that.
   *
   * @return a propagator that any number of threads may share
   */
  public TextMapPropagator propagator() {
    return new Propagator(this);
  }

  /**
   * Captures the tracing headers of an inbound request.
   *
   * @param context what is current
   * @param carrier the request, or null for none
   * @param getter reads the request. Repeated lines are found if it lists a name for each of them
   *     or, with OpenTelemetry's API 1.50 or later, by its {@code getAll}
   * @param <C> the type of the request
   * @return the context with a new {@link CapturedHeaders}, which replaces any older one even when
   *     no header arrived; or the same context if neither has any header
   */
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    return store(
        context,
        carrier == null
            ? CapturedHeaders.empty()
            : reader.read(GetterHeaders.of(carrier, getter, table.watchedNames())));
  }

  /**
   * Captures the tracing headers of an inbound request, as {@link #extract(Context, Object,
   * TextMapGetter)} does.
   *
   * @param context what is current
   * @param headers the fields of the request
   * @return the context with a new {@link CapturedHeaders}, or the same context
   */
  public Context extract(Context context, InboundHeaders headers) {
    return store(context, reader.read(headers));
  }

  private static Context store(Context context, CapturedHeaders captured) {
    return captured.isEmpty() && CapturedHeaders.from(context).isEmpty()
        ? context // there is nothing to hide
        : captured.storeInContext(context);
  }

  /**
   * Forwards the captured headers if the destination may have them.
   *
   * @param context holds the captured headers, usually {@link Context#current()}
   * @param destination where the request goes; each hop of a redirect is a destination of its own
   * @param carrier the outgoing request
   * @param setter sets a header of the request, in place of any that is there
   * @param <C> the type of the request
   */
  public <C> void inject(
      Context context, URI destination, @Nullable C carrier, TextMapSetter<C> setter) {
    inject(context, destination, Collections.emptyList(), carrier, setter);
  }

  /**
   * Forwards the captured headers if the destination may have them, but no family of which the
   * request has a member already.
   *
   * @param context holds the captured headers, usually {@link Context#current()}
   * @param destination where the request goes
   * @param present the names of the headers that the request has, in any case
   * @param carrier the outgoing request
   * @param setter sets a header of the request
   * @param <C> the type of the request
   */
  public <C> void inject(
      Context context,
      URI destination,
      Iterable<String> present,
      @Nullable C carrier,
      TextMapSetter<C> setter) {
    CapturedHeaders captured = CapturedHeaders.from(context);
    if (!captured.isEmpty() && destinations.includes(destination)) {
      captured.forward(table, table.familyMask(present), carrier, setter);
    }
  }

  /**
   * Forwards as {@link #inject(Context, URI, Iterable, Object, TextMapSetter)} does, for a client
   * that knows its host without a {@link URI}.
   *
   * @param context holds the captured headers, usually {@link Context#current()}
   * @param host where the request goes, or null if that cannot be told
   * @param present the names of the headers that the request has, in any case
   * @param carrier the outgoing request
   * @param setter sets a header of the request
   * @param <C> the type of the request
   */
  public <C> void inject(
      Context context,
      @Nullable String host,
      Iterable<String> present,
      @Nullable C carrier,
      TextMapSetter<C> setter) {
    CapturedHeaders captured = CapturedHeaders.from(context);
    if (!captured.isEmpty() && destinations.includes(host)) {
      captured.forward(table, table.familyMask(present), carrier, setter);
    }
  }

  /** Returns the settings in force, where each was set, and the names of the headers. */
  @Override
  public String toString() {
    return "TracingPropagation{" + settings + ", headers=" + fields() + "}";
  }
}
