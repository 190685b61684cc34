// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.InboundHeaders;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adapts a {@link TextMapGetter} to {@link InboundHeaders}, with any OpenTelemetry API from 1.29
 * on. For one thread.
 */
final class GetterHeaders<C> implements InboundHeaders {
  /**
   * {@code TextMapGetter.getAll}, which the API has from 1.50 on; null before. By a handle, because
   * a release is compiled with 1.29. Constant, so that the JIT compiles a plain call.
   */
  private static final @Nullable MethodHandle GET_ALL = getAll();

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
  @SuppressWarnings("unchecked")
  public Iterator<@Nullable String> values() {
    if (GET_ALL == null) {
      return Collections.<@Nullable String>singleton(value()).iterator();
    }
    try {
      return (Iterator<@Nullable String>) GET_ALL.invoke(getter, carrier, name);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // getAll declares none
    }
  }

  @Override
  public boolean isPartial() {
    return GET_ALL == null;
  }

  private static @Nullable MethodHandle getAll() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              TextMapGetter.class,
              "getAll",
              MethodType.methodType(Iterator.class, Object.class, String.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }
}
