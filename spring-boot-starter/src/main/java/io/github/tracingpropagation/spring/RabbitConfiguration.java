// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import java.util.Objects;
import org.aopalliance.aop.Advice;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.core.BatchingRabbitTemplate;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.support.MessagePropertiesConverter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Messages of RabbitMQ: inbound for listeners of single messages; outbound for templates, if the
 * application wants it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RabbitTemplate.class)
@ConditionalOnBooleanProperty(
    name = TracingPropagationProperties.BEANS + ".rabbit",
    matchIfMissing = true)
@SuppressWarnings("rawtypes")
class RabbitConfiguration {
  private static final String ADVICE = "adviceChain";
  private static final String CONVERTER = "messagePropertiesConverter";

  @Bean
  static ForwardingBeans<RabbitListenerContainerFactory> tracingPropagationRabbitListeners(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.withPropagation(
            RabbitListenerContainerFactory.class, RabbitConfiguration::capturing, beans)
        .ofKind("Rabbit listener factory");
  }

  /** Listeners of streams and of AMQP 1.0 receive messages of other classes. */
  private static Treated capturing(
      RabbitListenerContainerFactory factory, TracingPropagation propagation) {
    if (!(factory instanceof SimpleRabbitListenerContainerFactory)
        && !(factory instanceof DirectRabbitListenerContainerFactory)) {
      return Treated.leftAlone(
          factory, "its containers are neither Spring's simple nor its direct ones");
    }
    AbstractRabbitListenerContainerFactory<?> spring =
        (AbstractRabbitListenerContainerFactory<?>) factory;
    Advice[] advice = Objects.requireNonNullElse(spring.getAdviceChain(), new Advice[0]);
    spring.setAdviceChain(new CapturingAdvice(propagation).before(advice));
    return Treated.forwards(factory);
  }

  /** A container applies its advice when it is initialized, so here is the last moment. */
  @Bean
  static BeanPostProcessor tracingPropagationRabbitAdvice(
      ObjectProvider<TracingPropagation> propagation, ConfigurableListableBeanFactory beans) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof AbstractMessageListenerContainer container
            && Boolean.FALSE.equals(ForwardingBeans.read(container, "initialized"))
            && ForwardingBeans.read(container, ADVICE) instanceof Advice[] advice
            && !ForwardingBeans.isExempt(beans, name)) {
          container.setAdviceChain(new CapturingAdvice(propagation.getObject()).before(advice));
        }
        return bean;
      }
    };
  }

  @Bean
  static ForwardingBeans<AbstractMessageListenerContainer> tracingPropagationRabbitContainers(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.of(
            AbstractMessageListenerContainer.class, RabbitConfiguration::treated, beans)
        .ofKind("Rabbit listener container");
  }

  private static Treated treated(AbstractMessageListenerContainer container) {
    return ForwardingBeans.read(container, ADVICE) instanceof Advice[] advice
            && CapturingAdvice.isIn(advice)
        ? Treated.forwards(container)
        : Treated.leftAlone(container, "it is initialized, and its advice cannot be changed");
  }

  @Bean
  static ForwardingBeans<RabbitTemplate> tracingPropagationRabbitTemplates(
      ObjectProvider<TracingPropagationProperties> properties,
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.withPropagation(
        RabbitTemplate.class,
        (template, propagation) -> forwarding(template, propagation, properties.getObject()),
        beans);
  }

  private static Treated forwarding(
      RabbitTemplate template,
      TracingPropagation propagation,
      TracingPropagationProperties properties) {
    String refusal = OutboundMessage.refusal(propagation, properties, "RabbitTemplate");
    if (refusal != null) {
      return Treated.leftAlone(template, refusal);
    }
    if (template instanceof BatchingRabbitTemplate) {
      return Treated.leftAlone(template, "it sends messages of several requests as one");
    }
    if (!(ForwardingBeans.read(template, CONVERTER)
        instanceof MessagePropertiesConverter converter)) {
      return Treated.leftAlone(template, "its MessagePropertiesConverter cannot be read");
    }
    if (!(converter instanceof ForwardingPropertiesConverter)) {
      template.setMessagePropertiesConverter(
          new ForwardingPropertiesConverter(propagation, converter));
    }
    return Treated.forwards(template);
  }
}
