// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Makes the headers of a record current on the consumer's thread, around the application's own
 * interceptor and the listener; a record without headers makes the empty ones current.
 *
 * <p>The interface offers no block around a record, so the scope is kept for the thread. With
 * observations, and without transactions, Spring Kafka calls {@code intercept} in the scope of an
 * observation that it closes before {@code afterRecord}. So our scope closes when the listener has
 * returned if it is the innermost one then, or else after the record; the next record or the end of
 * the poll closes what is left.
 */
final class CapturingRecordInterceptor<K, V> implements RecordInterceptor<K, V> {
  private final TracingPropagation propagation;
  private final @Nullable RecordInterceptor<K, V> own; // the application's

  @SuppressWarnings("ThreadLocalUsage") // there are few factories, and they live long
  private final ThreadLocal<@Nullable Opened> opened = new ThreadLocal<>();

  /** A scope, and the context that it has made current. */
  private record Opened(Context context, Scope scope) {}

  CapturingRecordInterceptor(
      TracingPropagation propagation, @Nullable RecordInterceptor<K, V> own) {
    this.propagation = propagation;
    this.own = own;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // closed by end()
  public @Nullable ConsumerRecord<K, V> intercept(
      ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
    end();
    Context context =
        propagation.capture(InboundHeaders.of(entries(record))).storeInContext(Context.current());
    opened.set(new Opened(context, context.makeCurrent()));
    try {
      return own == null ? record : own.intercept(record, consumer);
    } catch (RuntimeException | Error e) {
      end();
      throw e;
    }
  }

  /** As ISO 8859-1: a byte that is no ASCII becomes a character that makes the value invalid. */
  private static List<Map.Entry<String, List<String>>> entries(ConsumerRecord<?, ?> record) {
    List<Map.Entry<String, List<String>>> entries = new ArrayList<>();
    for (Header header : record.headers()) {
      byte[] value = header.value();
      if (header.key() != null && value != null) {
        entries.add(
            Map.entry(header.key(), List.of(new String(value, StandardCharsets.ISO_8859_1))));
      }
    }
    return entries;
  }

  @Override
  public void success(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
    try {
      if (own != null) {
        own.success(record, consumer);
      }
    } finally {
      listenerReturned();
    }
  }

  @Override
  public void failure(ConsumerRecord<K, V> record, Exception e, Consumer<K, V> consumer) {
    try {
      if (own != null) {
        own.failure(record, e, consumer);
      }
    } finally {
      listenerReturned();
    }
  }

  @Override
  public void afterRecord(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
    try {
      if (own != null) {
        own.afterRecord(record, consumer);
      }
    } finally {
      end();
    }
  }

  @Override
  public void setupThreadState(Consumer<?, ?> consumer) {
    if (own != null) {
      own.setupThreadState(consumer);
    }
  }

  @Override
  public void clearThreadState(Consumer<?, ?> consumer) {
    try {
      if (own != null) {
        own.clearThreadState(consumer);
      }
    } finally {
      end();
    }
  }

  private void listenerReturned() {
    Opened last = opened.get();
    if (last != null && Context.current() == last.context) {
      end();
    }
  }

  private void end() {
    Opened last = opened.get();
    if (last != null) {
      opened.remove();
      last.scope.close();
    }
  }
}
