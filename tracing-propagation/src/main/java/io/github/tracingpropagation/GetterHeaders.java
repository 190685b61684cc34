// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.InboundHeaders;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adapts a {@link TextMapGetter} to {@link InboundHeaders}, with any OpenTelemetry API from 1.29
 * on. For one thread.
 */
final class GetterHeaders<C> implements InboundHeaders {
  /** Whether the API at run time is 1.50 or later, which added {@link TextMapGetter#getAll}. */
  private static final boolean HAS_GET_ALL = hasGetAll();

  private final C carrier;
  private final TextMapGetter<C> getter;
  private final Iterator<String> names;
  private String name = "";

  private GetterHeaders(C carrier, TextMapGetter<C> getter, Iterator<String> names) {
    this.carrier = carrier;
    this.getter = getter;
    this.names = names;
  }

  /** Iterates over the carrier's keys; over the watched names if the getter returns no keys. */
  // OpenTelemetry 1.67 deprecates keys(), because its own propagators read one or two names. Here
  // one pass over the names that arrived replaces about twenty look-ups.
  @SuppressWarnings("deprecation")
  static <C> GetterHeaders<C> of(C carrier, TextMapGetter<C> getter, List<String> watchedNames) {
    Iterator<String> names = getter.keys(carrier).iterator();
    return new GetterHeaders<>(carrier, getter, names.hasNext() ? names : watchedNames.iterator());
  }

  @Override
  public boolean next() {
    while (names.hasNext()) {
      String listed = names.next();
      if (listed != null) {
        name = listed;
        return true;
      }
    }
    return false;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable String value() {
    return getter.get(carrier, name);
  }

  @Override
  public Iterator<@Nullable String> values() {
    return HAS_GET_ALL
        ? getter.getAll(carrier, name)
        : Collections.<@Nullable String>singleton(value()).iterator();
  }

  @Override
  public boolean isPartial() {
    return !HAS_GET_ALL;
  }

  private static boolean hasGetAll() {
    try {
      TextMapGetter.class.getMethod("getAll", Object.class, String.class);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
