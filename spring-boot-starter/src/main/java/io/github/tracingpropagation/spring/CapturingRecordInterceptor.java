// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
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
 * Makes the headers of a record current on the consumer's thread, from before the application's own
 * interceptor until after it; a record without headers makes the empty ones current. The interface
 * offers no block around a record, so the scope is kept for the thread: if the container does not
 * say that a record has ended, the next record or the end of the thread's work closes it.
 */
final class CapturingRecordInterceptor<K, V> implements RecordInterceptor<K, V> {
  private final TracingPropagation propagation;
  private final @Nullable RecordInterceptor<K, V> own; // the application's

  @SuppressWarnings("ThreadLocalUsage") // there are few factories, and they live long
  private final ThreadLocal<@Nullable Scope> scopes = new ThreadLocal<>();

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
    scopes.set(propagation.capture(InboundHeaders.of(entries(record))).makeCurrent());
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
    if (own != null) {
      own.success(record, consumer);
    }
  }

  @Override
  public void failure(ConsumerRecord<K, V> record, Exception e, Consumer<K, V> consumer) {
    if (own != null) {
      own.failure(record, e, consumer);
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

  private void end() {
    Scope scope = scopes.get();
    if (scope != null) {
      scopes.remove();
      scope.close();
    }
  }
}
