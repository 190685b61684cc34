// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a carrier through a user's {@link TextMapGetter}, of any OpenTelemetry API since 1.29. */
final class GetterHeaders<C> implements InboundHeaders {
  /** {@link TextMapGetter#getAll} came with 1.50. */
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

  /**
   * Reads the names that the carrier lists; if it lists none, which the getter need not, the
   * watched ones.
   */
  // OpenTelemetry 1.67 deprecates keys(), because its own propagators watch a name or two. Here one
  // pass over the names that arrived saves some twenty look-ups.
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

  /**
   * Returns whether all lines of a header that is listed again have been read. A getter may list a
   * name once for each line, or in more than one case.
   */
  static boolean hasRead(Header header) {
    return HAS_GET_ALL && header.repeats() == Header.Repeats.JOIN;
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
