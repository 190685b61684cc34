// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.adapter.EffectiveSetting;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.github.tracingpropagation.adapter.OutboundRequest;
import io.github.tracingpropagation.adapter.PropagationObserver;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Captures the tracing headers of an inbound request into a {@link Context}, and forwards them
 * unchanged to the outbound calls that the request causes. Immutable, so any number of threads may
 * share it; one instance per service is enough.
 *
 * <p>For an HTTP client without an adapter, one line forwards:
 *
 * <pre>{@code
 * propagation.inject(Context.current(), uri, request, HttpRequest.Builder::setHeader);
 * }</pre>
 *
 * <p>For an entry point without an adapter, such as a message consumer, two lines capture:
 *
 * <pre>{@code
 * try (Scope scope = propagation.extract(Context.current(), message, getter).makeCurrent()) {
 *   handle(message);
 * }
 * }</pre>
 *
 * <p>Invalid configuration throws; extract and inject never throw, unless the carrier does.
 */
public final class TracingPropagation {
  @SuppressWarnings("NullAway") // TextMapSetter allows a null carrier; this one is not null
  private static final TextMapSetter<OutboundRequest> SETTER = OutboundRequest::setHeader;

  private final HeaderTable table;
  private final HeaderReader reader;
  private final Destinations destinations;
  private final List<EffectiveSetting> settings;

  /** Null for none, so that requests without observers cost nothing more. */
  private final @Nullable Observers observers;

  TracingPropagation(
      HeaderReader reader, Destinations destinations, List<EffectiveSetting> settings) {
    this.table = reader.table();
    this.reader = reader;
    this.destinations = destinations;
    this.settings = settings;
    this.observers = reader.observers();
  }

  /**
   * Returns the default configuration: the headers of every {@link TracingProvider}, to any host.
   *
   * @return a configuration equal to {@code builder().build()}
   */
  public static TracingPropagation create() {
    return builder().build();
  }

  /**
   * Returns a new builder with the defaults.
   *
   * @return a builder, which only one thread may use
   */
  public static TracingPropagationBuilder builder() {
    return new TracingPropagationBuilder();
  }

  /**
   * Reads each setting from MicroProfile Config if the host provides it, else from a system
   * property, else from an environment variable. A blank setting counts as absent.
   *
   * <table>
   * <caption>Settings</caption>
   * <tr><th>property</th><th>variable</th><th>value</th></tr>
   * <tr><td>{@code tracing.propagation.providers}</td>
   *     <td>{@code TRACING_PROPAGATION_PROVIDERS}</td>
   *     <td>names of {@link TracingProvider}s in any case, separated by commas</td></tr>
   * <tr><td>{@code tracing.propagation.additional-headers}</td>
   *     <td>{@code TRACING_PROPAGATION_ADDITIONAL_HEADERS}</td>
   *     <td>header names, separated by commas, at most 41</td></tr>
   * <tr><td>{@code tracing.propagation.forward-to}</td>
   *     <td>{@code TRACING_PROPAGATION_FORWARD_TO}</td>
   *     <td>{@code any}, or {@code in-mesh} and patterns of {@link Destinations#hosts}, separated
   *         by commas</td></tr>
   * <tr><td>{@code tracing.propagation.max-value-length}</td>
   *     <td>{@code TRACING_PROPAGATION_MAX_VALUE_LENGTH}</td>
   *     <td>a number of chars from 1 to 65536</td></tr>
   * </table>
   *
   * @return the configuration
   * @throws io.github.tracingpropagation.adapter.InvalidSettingException if a setting is invalid;
   *     the message contains its key, its value and what is allowed
   */
  public static TracingPropagation fromEnvironment() {
    return fromEnvironment(key -> null);
  }

  /**
   * Reads the settings as {@link #fromEnvironment()} does, but with another source before the
   * others, such as the init-params of a servlet filter.
   *
   * @param first returns the value of a property, or null to read it from the environment
   * @return the configuration
   * @throws io.github.tracingpropagation.adapter.InvalidSettingException if a setting is invalid;
   *     the message contains its key, its value and what is allowed
   */
  public static TracingPropagation fromEnvironment(Function<String, @Nullable String> first) {
    requireNonNull(first, "first");
    return Settings.ofProcess(EffectiveSetting.WHERE_REGISTERED, first).propagation();
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
   * @return the value of {@link TracingPropagationBuilder#forwardTo}
   */
  public Destinations destinations() {
    return destinations;
  }

  /**
   * Returns the settings in force and where each was set.
   *
   * @return one element for each setting
   */
  public List<EffectiveSetting> settings() {
    return settings;
  }

  /**
   * Returns a copy that calls an observer, and the observers of this one, for what it captures,
   * forwards and does not forward.
   *
   * @param observer counts, for example; what it throws is ignored
   * @return a configuration that is equal otherwise
   */
  public TracingPropagation observedBy(PropagationObserver observer) {
    requireNonNull(observer, "observer");
    Observers all = (observers == null ? Observers.NONE : observers).and(observer);
    return new TracingPropagation(reader.observedBy(all), destinations, settings);
  }

  /**
   * Returns the observers, for an adapter that forwards nothing.
   *
   * @return an observer that delegates to all of them, and does not throw
   */
  public PropagationObserver observer() {
    return observers == null ? Observers.NONE : observers;
  }

  /**
   * Returns this configuration as a propagator for OpenTelemetry's own instrumentation. A
   * propagator does not know the destination, so it injects nothing unless {@link #destinations()}
   * include all hosts.
   *
   * <p>Do not combine it with propagators of a tracer: a propagator cannot see which headers
   * another one has set, so two traces would mix. {@link RequestIdPropagatorProvider} is for that
   * case.
   *
   * @return a propagator, which any number of threads may share
   */
  public TextMapPropagator propagator() {
    return new Propagator(this);
  }

  /**
   * Captures the tracing headers of an inbound request.
   *
   * @param context the parent context, usually {@link Context#current()}
   * @param carrier the request, or null for none
   * @param getter reads the request. Repeated lines are read by its {@code getAll}, with
   *     OpenTelemetry's API 1.50 or later. Before, only the first line of a name is read, and
   *     {@code traceparent}, {@code tracestate} and {@code baggage} are dropped if its {@code keys}
   *     contain the name more than once
   * @param <C> the type of the request
   * @return the context with a new {@link CapturedHeaders}, an empty one if no header arrived. It
   *     replaces an older one
   */
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    CapturedHeaders captured =
        carrier == null
            ? CapturedHeaders.empty()
            : capture(GetterHeaders.of(carrier, getter, table.watchedNames()));
    return captured.storeInContext(context);
  }

  /**
   * Captures the tracing headers of an inbound request, for an adapter.
   *
   * @param headers the header fields of the request
   * @return a new snapshot, the empty one if no header arrived; to be made current in any case
   */
  public CapturedHeaders capture(InboundHeaders headers) {
    CapturedHeaders captured = reader.read(headers);
    if (observers != null) {
      observers.captured(captured);
    }
    return captured;
  }

  /**
   * Sets the captured headers on an outgoing request if its destination may receive them.
   *
   * @param context contains the captured headers, usually {@link Context#current()}
   * @param destination the URI of this hop; to be called again for each redirect
   * @param carrier the outgoing request
   * @param setter sets a header of the request, replacing existing values
   * @param <C> the type of the request
   */
  public <C> void inject(
      Context context, URI destination, @Nullable C carrier, TextMapSetter<C> setter) {
    CapturedHeaders captured = CapturedHeaders.from(context);
    if (!captured.isEmpty()) {
      forward(captured, destinations.includes(destination), 0, carrier, setter);
    }
  }

  /**
   * Sets captured headers on an outgoing request, for an adapter: if its host may receive them, and
   * except each family of which the request already has a member.
   *
   * @param captured what the call forwards
   * @param request the request
   */
  public void inject(CapturedHeaders captured, OutboundRequest request) {
    if (!captured.isEmpty()) {
      boolean allowed = isAllowed(request);
      long present = allowed ? table.familyMask(request.headerNames()) : 0;
      forward(captured, allowed, present, request, SETTER);
    }
  }

  private <C> void forward(
      CapturedHeaders captured,
      boolean allowed,
      long present,
      @Nullable C carrier,
      TextMapSetter<C> setter) {
    boolean set = allowed && captured.forward(table, present, carrier, setter);
    if (observers != null) {
      if (set) {
        observers.forwarded();
      } else if (!allowed) {
        observers.withheld();
      }
    }
  }

  private boolean isAllowed(OutboundRequest request) {
    if (destinations.includesAll()) {
      return true;
    }
    String hostHeader = request.hostHeader();
    return destinations.includes(request.host())
        && (hostHeader == null || destinations.includes(hostHeader));
  }

  /** Sets captured headers on a request whose host is not known. */
  <C> void injectAnywhere(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    CapturedHeaders captured = CapturedHeaders.from(context);
    if (!captured.isEmpty()) {
      forward(captured, destinations.includesAll(), 0, carrier, setter);
    }
  }

  /**
   * Returns the effective settings and the source of each; {@link #fields()} returns the names of
   * the headers. Short, because some frameworks add it to each stack trace.
   */
  @Override
  public String toString() {
    return settings.stream()
        .map(EffectiveSetting::toString)
        .collect(Collectors.joining(", ", "TracingPropagation{", "}"));
  }
}
