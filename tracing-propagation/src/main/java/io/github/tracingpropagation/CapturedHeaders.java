// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ImplicitContextKeyed;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The tracing headers of one inbound request, each value exactly as it arrived. Immutable, so any
 * number of threads may share it.
 *
 * <p>{@link TracingPropagation#extract extract} puts a snapshot into a {@link Context} for every
 * inbound request, an empty one for a request without tracing headers. A snapshot holds only values
 * that are safe to forward: printable ASCII, within the length limit, well-formed.
 *
 * <p>A block of code that must not forward anything makes the {@linkplain #empty() empty} snapshot
 * current:
 *
 * <pre>{@code
 * try (Scope scope = CapturedHeaders.empty().makeCurrent()) {
 *   auditLog.post(entry);
 * }
 * }</pre>
 */
public final class CapturedHeaders implements ImplicitContextKeyed {
  private static final ContextKey<CapturedHeaders> KEY =
      ContextKey.named("io.github.tracingpropagation.captured-headers");
  private static final CapturedHeaders EMPTY =
      new CapturedHeaders(new HeaderTable(0, List.of()), 0, DenseValues.none());

  private final HeaderTable table;

  /** Which of the table's headers there are, as bits; none only in {@link #EMPTY}. */
  private final long headers;

  /** {@link DenseValues}. */
  private final String[] values;

  private CapturedHeaders(HeaderTable table, long headers, String[] values) {
    this.table = table;
    this.headers = headers;
    this.values = values;
  }

  /** Takes the array over: nobody may write to it any more. */
  static CapturedHeaders of(HeaderTable table, long headers, String[] values) {
    return headers == 0 ? EMPTY : new CapturedHeaders(table, headers, values);
  }

  /**
   * Returns the snapshot of the inbound request that this thread works for.
   *
   * @return the snapshot in {@link Context#current()}, or the empty one
   */
  public static CapturedHeaders current() {
    return from(Context.current());
  }

  /**
   * Returns the snapshot in a context.
   *
   * @param context where to look
   * @return its snapshot, or the empty one
   */
  public static CapturedHeaders from(Context context) {
    CapturedHeaders captured = context.get(KEY);
    return captured == null ? EMPTY : captured;
  }

  /**
   * Returns the snapshot without headers. Made current, it keeps a block of code from forwarding
   * anything.
   *
   * @return always the same instance
   */
  public static CapturedHeaders empty() {
    return EMPTY;
  }

  /**
   * Returns the value of a header as it arrived.
   *
   * @param name in any case
   * @return the value, or null if the header did not arrive, is not among those to capture, or was
   *     not safe to forward
   */
  public @Nullable String get(String name) {
    int index = table.indexOf(name);
    return index < 0 || (headers & DenseValues.bit(index)) == 0
        ? null
        : DenseValues.get(values, headers, index);
  }

  /**
   * Returns {@code x-request-id}, which a log line can be found by.
   *
   * @return the value as it arrived, or null
   */
  public @Nullable String requestId() {
    return get(Header.REQUEST_ID);
  }

  /**
   * Calls back for each header, always in the same order.
   *
   * @param action takes a name, in lower case, and its value
   */
  public void forEach(BiConsumer<? super String, ? super String> action) {
    int position = 0;
    for (long left = headers; left != 0; left &= left - 1) {
      action.accept(table.header(Long.numberOfTrailingZeros(left)).name(), values[position++]);
    }
  }

  /**
   * Tells whether there is nothing to forward.
   *
   * @return true if no header was captured
   */
  public boolean isEmpty() {
    return headers == 0;
  }

  @Override
  public Context storeInContext(Context context) {
    return context.with(KEY, this);
  }

  /** Sets the headers that a table watches on a request, but none of the families it has. */
  <C> void forward(HeaderTable watching, long taken, @Nullable C carrier, TextMapSetter<C> setter) {
    int position = 0;
    for (long left = headers; left != 0; left &= left - 1) {
      int index = watching.watchedIndexOf(table, Long.numberOfTrailingZeros(left));
      String value = values[position++];
      if (index >= 0 && (taken & watching.header(index).family()) == 0) {
        setter.set(carrier, watching.header(index).name(), value);
      }
    }
  }

  /** Two snapshots are equal if they hold the same headers with the same values. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof CapturedHeaders that
            && (table == that.table
                ? headers == that.headers
                    && Arrays.equals(values, 0, size(), that.values, 0, size())
                : asMap().equals(that.asMap())));
  }

  @Override
  public int hashCode() {
    return asMap().hashCode();
  }

  /** Names the headers and hides every value, so that a snapshot may be logged. */
  @Override
  public String toString() {
    return "CapturedHeaders" + asMap().keySet();
  }

  private int size() {
    return Long.bitCount(headers);
  }

  private Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    forEach(map::put);
    return map;
  }
}
