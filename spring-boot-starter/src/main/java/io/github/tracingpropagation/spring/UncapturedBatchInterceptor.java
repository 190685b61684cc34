// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchInterceptor;

/**
 * States that a batch of records, which are of many requests, belongs to none.
 *
 * @param own the application's interceptor, or one that does nothing
 */
record UncapturedBatchInterceptor<K, V>(BatchInterceptor<K, V> own)
    implements BatchInterceptor<K, V> {

  @Override
  public void setupThreadState(Consumer<?, ?> consumer) {
    ConsumerThread.beginPoll();
    own.setupThreadState(consumer);
  }

  /** A poll may yield several batches, of which Spring Kafka calls the method above for one. */
  @Override
  public @Nullable ConsumerRecords<K, V> intercept(
      ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
    ConsumerThread.continuePoll();
    return own.intercept(records, consumer);
  }

  @Override
  public void success(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
    own.success(records, consumer);
  }

  @Override
  public void failure(ConsumerRecords<K, V> records, Exception e, Consumer<K, V> consumer) {
    own.failure(records, e, consumer);
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
