// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.springframework.kafka.annotation.KafkaListener;

/** A listener of batches that captures from each record. */
@SuppressWarnings("try") // scopes are only closed
final class Batches {
  final Notes seen = new Notes();
  private final TracingPropagation propagation;

  Batches(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  // docs: batch listener
  @KafkaListener(topics = "batches", batch = "true")
  void batch(List<ConsumerRecord<String, String>> records) {
    for (ConsumerRecord<String, String> record : records) {
      Context request = propagation.extract(Context.current(), record.headers(), new Getter());
      try (Scope scope = request.makeCurrent()) {
        handle(record);
      }
    }
  }

  static final class Getter implements TextMapGetter<Headers> {
    @Override
    public Iterable<String> keys(Headers headers) {
      List<String> names = new ArrayList<>();
      headers.forEach(header -> names.add(header.key()));
      return names;
    }

    @Override
    public String get(Headers headers, String name) {
      for (Header header : headers.headers(name)) {
        return header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
      }
      return null;
    }
  }
  // docs: end

  private void handle(ConsumerRecord<String, String> record) {
    seen.add(record.value());
  }
}
