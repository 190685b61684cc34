// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
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
 * interceptor until after it; a record without headers makes the empty ones current.
 *
 * @param own the application's interceptor, or one that does nothing
 */
record CapturingRecordInterceptor<K, V>(TracingPropagation propagation, RecordInterceptor<K, V> own)
    implements RecordInterceptor<K, V> {

  @Override
  public void setupThreadState(Consumer<?, ?> consumer) {
    ConsumerThread.beginPoll();
    own.setupThreadState(consumer);
  }

  @Override
  public @Nullable ConsumerRecord<K, V> intercept(
      ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
    ConsumerThread.beginRecord(propagation.capture(InboundHeaders.of(entries(record))));
    return own.intercept(record, consumer);
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
      own.success(record, consumer);
    } finally {
      ConsumerThread.listenerReturned();
    }
  }

  @Override
  public void failure(ConsumerRecord<K, V> record, Exception e, Consumer<K, V> consumer) {
    try {
      own.failure(record, e, consumer);
    } finally {
      ConsumerThread.listenerReturned();
    }
  }

  @Override
  public void afterRecord(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
    ConsumerThread.endRecord(() -> own.afterRecord(record, consumer));
  }

  @Override
  public void clearThreadState(Consumer<?, ?> consumer) {
    try {
      own.clearThreadState(consumer);
    } finally {
      ConsumerThread.endPoll();
    }
  }
}
