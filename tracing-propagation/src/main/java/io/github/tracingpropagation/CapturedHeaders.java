// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.ImplicitContextKeyed;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * <p>An empty snapshot is a statement: this request has no headers, so nothing else may supply
 * them. It differs from an absent snapshot: if no request has set one, another source may supply
 * the headers, such as the context of a reactive chain. Only {@link #find} distinguishes the two.
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
      new CapturedHeaders(HeaderTable.of(Set.of(), List.of()), 0, PackedValues.empty());

  /** Stored in place of a removed snapshot, since a {@link Context} cannot remove a key. */
  private static final CapturedHeaders REMOVED =
      new CapturedHeaders(EMPTY.table, 0, PackedValues.empty());

  private final HeaderTable table;

  /** Mask of the captured headers; 0 only in {@link #EMPTY}. */
  private final long headers;

  /** One element for each header in the mask; see {@link PackedValues}. */
  private final String[] values;

  /**
   * The root context with this snapshot, which most threads make current: created once. If threads
   * race, each creates an equal one.
   */
  private @Nullable Context onRoot;

  private CapturedHeaders(HeaderTable table, long headers, String[] values) {
    this.table = table;
    this.headers = headers;
    this.values = values;
  }

  /**
   * Returns a snapshot, {@link #EMPTY} if the mask is 0.
   *
   * @param values not copied; the caller must not modify it afterwards
   */
  static CapturedHeaders of(HeaderTable table, long headers, String[] values) {
    return headers == 0 ? EMPTY : new CapturedHeaders(table, headers, values);
  }

  /**
   * Returns the snapshot of the inbound request that this thread handles.
   *
   * @return what {@link #find()} returns, or the empty one
   */
  public static CapturedHeaders current() {
    CapturedHeaders captured = find();
    return captured == null ? EMPTY : captured;
  }

  /**
   * Returns the snapshot of the inbound request that this thread handles, or null if it is absent:
   * the one in {@link Context#current()}. Only if this has none, and neither {@link #removeFrom}
   * nor the root context was made current, those are asked who {@linkplain
   * io.github.tracingpropagation.adapter.CapturedHeadersSource keep it elsewhere}. Beside
   * OpenTelemetry's agent they are asked in the root context, too, because each thread without a
   * span has it.
   *
   * @return the snapshot, which may be empty; null if there is none
   */
  @SuppressWarnings("ReferenceEquality") // as in find(Context)
  public static @Nullable CapturedHeaders find() {
    Context context = ContextStorage.get().current(); // null, unless a context was made current
    CapturedHeaders captured = context == null ? null : context.get(KEY);
    if (captured != null) {
      return captured == REMOVED ? null : captured;
    }
    if (context != null) {
      Agents.warnIfHiding(context);
    }
    return context == Context.root() && !Sources.ROOT_IS_DEFAULT ? null : Sources.current();
  }

  /**
   * Returns the snapshot in a context.
   *
   * @param context the context
   * @return the snapshot that it contains, or the empty one
   */
  public static CapturedHeaders from(Context context) {
    CapturedHeaders captured = find(context);
    return captured == null ? EMPTY : captured;
  }

  /**
   * Returns the snapshot in a context, or null if it is absent. An adapter with a second source of
   * headers, such as the context of a reactive chain, uses that only if this returns null.
   *
   * @param context the context
   * @return the snapshot that it contains, which may be empty; null if there is none
   */
  @SuppressWarnings("ReferenceEquality") // equal to EMPTY, which has another meaning
  public static @Nullable CapturedHeaders find(Context context) {
    CapturedHeaders captured = context.get(KEY);
    return captured == REMOVED ? null : captured;
  }

  /**
   * Returns a context without a snapshot, for code that runs on the thread of another request while
   * its own request is not known.
   *
   * @param context the context
   * @return a context with all other values of the given one, in which {@link #find} returns null;
   *     the same context if it does already
   */
  public static Context removeFrom(Context context) {
    return find(context) == null ? context : context.with(KEY, REMOVED);
  }

  /**
   * Returns the snapshot without headers. While it is current, nothing is forwarded.
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
    return index < 0 || (headers & HeaderTable.bit(index)) == 0
        ? null
        : PackedValues.get(values, headers, index);
  }

  /**
   * Returns the value of {@code x-request-id}, for example for log lines.
   *
   * @return the value as it arrived, or null
   */
  public @Nullable String requestId() {
    return get(Header.REQUEST_ID);
  }

  /**
   * Calls an action for each header, always in the same order.
   *
   * @param action called with the name, in lower case, and the value
   */
  public void forEach(BiConsumer<? super String, ? super String> action) {
    int position = 0;
    for (long remaining = headers; remaining != 0; remaining &= remaining - 1) {
      action.accept(table.header(Long.numberOfTrailingZeros(remaining)).name(), values[position++]);
    }
  }

  /**
   * Returns whether there is nothing to forward.
   *
   * @return true if no header was captured
   */
  public boolean isEmpty() {
    return headers == 0;
  }

  /**
   * Returns the context with this snapshot in place of an older one.
   *
   * @param context the context
   * @return the same context if it contains this very snapshot already
   */
  @Override
  @SuppressWarnings("ReferenceEquality") // another snapshot is stored even if it is equal
  public Context storeInContext(Context context) {
    if (context.get(KEY) == this) {
      return context;
    }
    if (context != Context.root()) {
      return context.with(KEY, this);
    }
    Context stored = onRoot;
    if (stored == null) {
      stored = context.with(KEY, this);
      onRoot = stored;
    }
    return stored;
  }

  /**
   * Sets the captured headers on an outgoing request.
   *
   * @param target only headers that this table watches are set; may be of another configuration
   * @param excluded mask of headers, by the indices of the target table, that must not be set
   * @return whether at least one was set
   */
  <C> boolean forward(
      HeaderTable target, long excluded, @Nullable C carrier, TextMapSetter<C> setter) {
    int position = 0;
    boolean set = false;
    for (long remaining = headers; remaining != 0; remaining &= remaining - 1) {
      int index = target.watchedIndexOf(table, Long.numberOfTrailingZeros(remaining));
      String value = values[position++];
      if (index >= 0 && (excluded & HeaderTable.bit(index)) == 0) {
        setter.set(carrier, target.header(index).name(), value);
        set = true;
      }
    }
    return set;
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

  /** Returns the names of the headers without any value, so that a snapshot can be logged. */
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
