// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.interceptor.AsyncExecutionAspectSupport;
import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.scheduling.annotation.AsyncAnnotationAdvisor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

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
    return ForwardingBeans.of(
            SimpleApplicationEventMulticaster.class, ExecutorConfiguration::binding, beans)
        .ofKind("event multicaster");
  }

  private static Treated binding(SimpleApplicationEventMulticaster multicaster) {
    if (ForwardingBeans.read(multicaster, "taskExecutor") instanceof Executor executor) {
      multicaster.setTaskExecutor(task -> executor.execute(Binding.ofThisThread().bind(task)));
    }
    return Treated.forwards(multicaster);
  }

  @Bean
  static HandedOverMethods tracingPropagationAsyncMethods(ConfigurableListableBeanFactory beans) {
    return new HandedOverMethods(
        AsyncAnnotationAdvisor.class::isInstance, new ExemptAsyncMethods(beans), beans);
  }

  /** {@code @Async} methods that AspectJ weaves. */
  @Bean
  static ForwardingBeans<AsyncExecutionAspectSupport> tracingPropagationAsyncAspects(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.of(
            AsyncExecutionAspectSupport.class, aspect -> binding(aspect, beans), beans)
        .ofKind("@Async aspect");
  }

  /** Binds each call here if the default executor is no bean: a bean is treated by itself. */
  @SuppressWarnings("unchecked") // as the fields are declared
  private static Treated binding(
      AsyncExecutionAspectSupport aspect, ConfigurableListableBeanFactory beans) {
    Object executors = ForwardingBeans.read(aspect, "defaultExecutor");
    Object handler = ForwardingBeans.read(aspect, "exceptionHandler");
    if (!(executors instanceof Supplier && handler instanceof Supplier)) {
      return Treated.leftAlone(aspect, "its executor cannot be read");
    }
    aspect.configure(
        () -> {
          Executor executor = ((Supplier<@Nullable Executor>) executors).get();
          return executor == null
                  || beans.getBeansOfType(Executor.class, true, false).containsValue(executor)
              ? executor
              : task -> executor.execute(Binding.ofThisThread().bind(task));
        },
        (Supplier<AsyncUncaughtExceptionHandler>) handler);
    return Treated.forwards(aspect);
  }

  /** Asynchronous requests of Spring MVC, whose executor need not be a bean. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({RequestMappingHandlerAdapter.class, jakarta.servlet.Servlet.class})
  static class Mvc {

    /** Not a {@code WebMvcConfigurer}, which an own {@code WebMvcConfigurationSupport} ignores. */
    @Bean
    static BeanPostProcessor tracingPropagationAsyncRequests() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
          if (bean instanceof RequestMappingHandlerAdapter adapter
              && ForwardingBeans.read(adapter, "callableInterceptors")
                  instanceof CallableProcessingInterceptor[] present) {
            List<CallableProcessingInterceptor> all = new ArrayList<>(List.of(present));
            all.add(new BindingCallables());
            adapter.setCallableInterceptors(all);
          }
          return bean;
        }
      };
    }
  }
}
