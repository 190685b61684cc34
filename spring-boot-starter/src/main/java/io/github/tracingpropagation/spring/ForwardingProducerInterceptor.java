// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Forwards with the records of a {@code KafkaTemplate}, which calls it on the thread that sends,
 * after the application's own interceptor.
 *
 * @param own the application's interceptor
 */
record ForwardingProducerInterceptor<K, V>(
    TracingPropagation propagation, @Nullable ProducerInterceptor<K, V> own)
    implements ProducerInterceptor<K, V> {

  /** Returns a copy with the headers: the application may send a record more than once. */
  @Override
  public ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
    ProducerRecord<K, V> original = own == null ? record : own.onSend(record);
    CapturedHeaders captured = CapturedHeaders.current();
    if (captured.isEmpty()) {
      return original;
    }
    ProducerRecord<K, V> copy =
        new ProducerRecord<>(
            original.topic(),
            original.partition(),
            original.timestamp(),
            original.key(),
            original.value(),
            original.headers());
    List<String> names = new ArrayList<>();
    copy.headers().forEach(header -> names.add(header.key()));
    propagation.inject(
        captured,
        new OutboundMessage(
            names,
            (name, value) -> copy.headers().add(name, value.getBytes(StandardCharsets.US_ASCII))));
    return copy;
  }

  @Override
  public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception e) {
    if (own != null) {
      own.onAcknowledgement(metadata, e);
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }

  @Override
  public void configure(Map<String, ?> configuration) {
    if (own != null) {
      own.configure(configuration);
    }
  }
}
