// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerContainerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Messages of Kafka: inbound for listeners of single records; outbound for templates, if the
 * application wants it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(KafkaTemplate.class)
@ConditionalOnBooleanProperty(
    name = TracingPropagationProperties.BEANS + ".kafka",
    matchIfMissing = true)
@SuppressWarnings("rawtypes")
class KafkaConfiguration {
  private static final String PRODUCER_INTERCEPTOR = "producerInterceptor";

  @Bean
  static ForwardingBeans<KafkaListenerContainerFactory> tracingPropagationKafkaListeners(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.withPropagation(
            KafkaListenerContainerFactory.class,
            (factory, propagation) ->
                KafkaListeners.capturing((KafkaListenerContainerFactory<?>) factory, propagation),
            beans)
        .ofKind("Kafka listener factory");
  }

  @Bean
  static ForwardingBeans<AbstractMessageListenerContainer> tracingPropagationKafkaContainers(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.withPropagation(
            AbstractMessageListenerContainer.class,
            (container, propagation) ->
                KafkaListeners.capturing(
                    (AbstractMessageListenerContainer<?, ?>) container, propagation),
            beans)
        .ofKind("Kafka listener container");
  }

  @Bean
  static ForwardingBeans<KafkaTemplate> tracingPropagationKafkaTemplates(
      ObjectProvider<TracingPropagationProperties> properties,
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.withPropagation(
        KafkaTemplate.class,
        (template, propagation) ->
            forwarding((KafkaTemplate<?, ?>) template, propagation, properties.getObject()),
        beans);
  }

  @SuppressWarnings("unchecked") // whatever its types are
  private static <K, V> Treated forwarding(
      KafkaTemplate<K, V> template,
      TracingPropagation propagation,
      TracingPropagationProperties properties) {
    String refusal = OutboundMessage.refusal(propagation, properties, "KafkaTemplate");
    if (refusal != null) {
      return Treated.leftAlone(template, refusal);
    }
    if (!KafkaListeners.has(KafkaTemplate.class, PRODUCER_INTERCEPTOR)) {
      return Treated.leftAlone(template, "its ProducerInterceptor cannot be read");
    }
    Object present = ForwardingBeans.read(template, PRODUCER_INTERCEPTOR);
    if (!(present instanceof ForwardingProducerInterceptor)) {
      template.setProducerInterceptor(
          new ForwardingProducerInterceptor<>(
              propagation, (@Nullable ProducerInterceptor<K, V>) present));
    }
    return Treated.forwards(template);
  }
}
