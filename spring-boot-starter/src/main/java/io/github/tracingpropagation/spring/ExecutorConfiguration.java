// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import java.util.concurrent.Executor;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.scheduling.annotation.AsyncAnnotationAdvisor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Threads: executors that are beans, and what Spring itself hands over to executors. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ThreadPoolTaskExecutor.class)
@ConditionalOnBooleanProperty(name = ExecutorConfiguration.PROPERTY, matchIfMissing = true)
class ExecutorConfiguration {
  static final String PROPERTY = TracingPropagationProperties.BEANS + ".executor";

  @Bean
  static ForwardingBeans<Executor> tracingPropagationExecutors(
      ConfigurableListableBeanFactory beans) {
    ExecutorBeans executors = new ExecutorBeans(beans);
    return new ForwardingBeans<>("executor", Executor.class, executors::treat, beans);
  }

  /** Binds each event here, since its executor need not be a bean. */
  @Bean
  static ForwardingBeans<SimpleApplicationEventMulticaster> tracingPropagationEvents(
      ConfigurableListableBeanFactory beans) {
    return new ForwardingBeans<>(
        "event multicaster",
        SimpleApplicationEventMulticaster.class,
        multicaster -> {
          if (new DirectFieldAccessor(multicaster).getPropertyValue("taskExecutor")
              instanceof Executor executor) {
            multicaster.setTaskExecutor(
                task -> executor.execute(Binding.ofThisThread().bind(task)));
          }
          return Treated.forwards(multicaster);
        },
        beans);
  }

  @Bean
  static HandedOverMethods tracingPropagationAsyncMethods(ConfigurableListableBeanFactory beans) {
    return new HandedOverMethods(
        AsyncAnnotationAdvisor.class::isInstance, new ExemptAsyncMethods(beans), beans);
  }

  /** Asynchronous requests of Spring MVC, whose executor need not be a bean. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({WebMvcConfigurer.class, jakarta.servlet.Servlet.class})
  static class Mvc {

    @Bean
    WebMvcConfigurer tracingPropagationAsyncRequests() {
      return new WebMvcConfigurer() {
        @Override
        public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
          configurer.registerCallableInterceptors(new BindingCallables());
        }
      };
    }
  }
}
