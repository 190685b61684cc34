// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.config.KafkaListenerContainerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the containers of Spring Kafka's listeners capture. A factory does so for each container
 * that it creates, after the application's own customizer. It cannot have the interceptors itself:
 * a customizer may set others.
 */
final class KafkaListeners {
  private static final String CUSTOMIZER = "containerCustomizer";
  private static final String RECORDS = "recordInterceptor";
  private static final String BATCHES = "batchInterceptor";

  private static final String UNKNOWN = "its interceptors cannot be read";

  private KafkaListeners() {}

  static Treated capturing(
      KafkaListenerContainerFactory<?> factory, TracingPropagation propagation) {
    if (!(factory instanceof AbstractKafkaListenerContainerFactory<?, ?, ?> spring)) {
      return Treated.leftAlone(factory, "its containers take no interceptors");
    }
    if (!has(AbstractKafkaListenerContainerFactory.class, CUSTOMIZER) || !areInterceptorsKnown()) {
      return Treated.leftAlone(factory, UNKNOWN);
    }
    customize(spring, ForwardingBeans.read(factory, CUSTOMIZER), propagation);
    return Treated.forwards(factory);
  }

  @SuppressWarnings("unchecked") // whatever its types are
  private static <K, V, C extends AbstractMessageListenerContainer<K, V>> void customize(
      AbstractKafkaListenerContainerFactory<C, K, V> factory,
      @Nullable Object present,
      TracingPropagation propagation) {
    if (!(present instanceof Customizer)) {
      factory.setContainerCustomizer(
          new Customizer<>(
              present == null ? container -> {} : (ContainerCustomizer<K, V, C>) present,
              propagation));
    }
  }

  private record Customizer<K, V, C extends AbstractMessageListenerContainer<K, V>>(
      ContainerCustomizer<K, V, C> own, TracingPropagation propagation)
      implements ContainerCustomizer<K, V, C> {
    @Override
    public void configure(C container) {
      own.configure(container);
      capturing(container, propagation);
    }
  }

  @SuppressWarnings("unchecked") // whatever its types are
  static <K, V> Treated capturing(
      AbstractMessageListenerContainer<K, V> container, TracingPropagation propagation) {
    if (!areInterceptorsKnown()) {
      return Treated.leftAlone(container, UNKNOWN);
    }
    Object records = ForwardingBeans.read(container, RECORDS);
    if (!(records instanceof CapturingRecordInterceptor)) {
      container.setRecordInterceptor(
          new CapturingRecordInterceptor<>(
              propagation,
              records == null ? (record, consumer) -> record : (RecordInterceptor<K, V>) records));
    }
    Object batches = ForwardingBeans.read(container, BATCHES);
    if (!(batches instanceof UncapturedBatchInterceptor)) {
      container.setBatchInterceptor(
          new UncapturedBatchInterceptor<>(
              batches == null ? (all, consumer) -> all : (BatchInterceptor<K, V>) batches));
    }
    return Treated.forwards(container);
  }

  private static boolean areInterceptorsKnown() {
    return has(AbstractMessageListenerContainer.class, RECORDS)
        && has(AbstractMessageListenerContainer.class, BATCHES);
  }

  static boolean has(Class<?> type, String field) {
    return ReflectionUtils.findField(type, field) != null;
  }
}
