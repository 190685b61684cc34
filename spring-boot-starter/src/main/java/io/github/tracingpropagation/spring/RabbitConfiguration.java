// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Messages of RabbitMQ: inbound for listeners of single messages. Templates are left alone: a
 * post-processor runs before a tracer sets its headers, and a batch has many requests.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RabbitTemplate.class)
@ConditionalOnBooleanProperty(
    name = TracingPropagationProperties.BEANS + ".rabbit",
    matchIfMissing = true)
class RabbitConfiguration {

  @Bean
  @SuppressWarnings("rawtypes")
  static ForwardingBeans<AbstractRabbitListenerContainerFactory> tracingPropagationRabbitListeners(
      ObjectProvider<TracingPropagation> propagation,
      ObjectProvider<Inventory> inventory,
      ConfigurableListableBeanFactory beans) {
    return new ForwardingBeans<>(
        "Rabbit listener factory",
        AbstractRabbitListenerContainerFactory.class,
        factory -> capturing(factory, propagation.getObject()),
        inventory,
        beans);
  }

  /** Around the application's own advice, such as retries. */
  private static Treated capturing(
      AbstractRabbitListenerContainerFactory<?> factory, TracingPropagation propagation) {
    MethodInterceptor ours = call -> proceed(call, propagation);
    Advice[] own = Objects.requireNonNullElse(factory.getAdviceChain(), new Advice[0]);
    List<Advice> all = new ArrayList<>(List.of(ours));
    all.addAll(List.of(own));
    factory.setAdviceChain(all.toArray(Advice[]::new));
    return Treated.forwards(factory);
  }

  /** A batch of messages belongs to many requests. */
  @SuppressWarnings("try") // the scope is only closed
  private static @Nullable Object proceed(MethodInvocation call, TracingPropagation propagation)
      throws Throwable {
    for (Object argument : call.getArguments()) {
      if (argument instanceof Message message) {
        try (Scope scope = captured(message, propagation).makeCurrent()) {
          return call.proceed();
        }
      }
    }
    return call.proceed();
  }

  private static CapturedHeaders captured(Message message, TracingPropagation propagation) {
    List<Map.Entry<String, List<String>>> entries = new ArrayList<>();
    message
        .getMessageProperties()
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                entries.add(Map.entry(name, List.of(text)));
              }
            });
    return propagation.capture(InboundHeaders.of(entries));
  }
}
