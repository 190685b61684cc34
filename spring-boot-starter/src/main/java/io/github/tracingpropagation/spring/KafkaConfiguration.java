// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Messages of Kafka: inbound for listeners of single records; outbound for templates, if the
 * application wants it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(KafkaTemplate.class)
@ConditionalOnBooleanProperty(
    name = TracingPropagationProperties.BEANS + ".kafka",
    matchIfMissing = true)
class KafkaConfiguration {
  @Bean
  @SuppressWarnings("rawtypes")
  static ForwardingBeans<AbstractKafkaListenerContainerFactory> tracingPropagationKafkaListeners(
      ObjectProvider<TracingPropagation> propagation,
      ObjectProvider<Inventory> inventory,
      ConfigurableListableBeanFactory beans) {
    return new ForwardingBeans<>(
        "Kafka listener factory",
        AbstractKafkaListenerContainerFactory.class,
        factory -> capturing(factory, propagation.getObject()),
        inventory,
        beans);
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static ForwardingBeans.Treated capturing(
      AbstractKafkaListenerContainerFactory factory, TracingPropagation propagation) {
    Object present;
    try {
      present = new DirectFieldAccessor(factory).getPropertyValue("recordInterceptor");
    } catch (BeansException e) {
      return ForwardingBeans.Treated.leftAlone(factory, "its RecordInterceptor cannot be read");
    }
    factory.setRecordInterceptor(
        new CapturingRecordInterceptor(propagation, (RecordInterceptor) present));
    return ForwardingBeans.Treated.forwards(factory);
  }

  @Bean
  @ConditionalOnBooleanProperty(name = TracingPropagationProperties.MESSAGING)
  @SuppressWarnings("rawtypes")
  static ForwardingBeans<KafkaTemplate> tracingPropagationKafkaTemplates(
      ObjectProvider<TracingPropagation> propagation,
      ObjectProvider<Inventory> inventory,
      ConfigurableListableBeanFactory beans) {
    return new ForwardingBeans<>(
        "KafkaTemplate",
        KafkaTemplate.class,
        template -> forwarding(template, propagation.getObject()),
        inventory,
        beans);
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static ForwardingBeans.Treated forwarding(
      KafkaTemplate template, TracingPropagation propagation) {
    String refusal = OutboundMessage.refusal(propagation, "KafkaTemplate");
    if (refusal != null) {
      return ForwardingBeans.Treated.leftAlone(template, refusal);
    }
    Object present;
    try {
      present = new DirectFieldAccessor(template).getPropertyValue("producerInterceptor");
    } catch (BeansException e) {
      return ForwardingBeans.Treated.leftAlone(template, "its ProducerInterceptor cannot be read");
    }
    template.setProducerInterceptor(
        new ForwardingProducerInterceptor(propagation, (@Nullable ProducerInterceptor) present));
    return ForwardingBeans.Treated.forwards(template);
  }
}
