// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;

/**
 * Decorates the tasks of the executors that Spring Boot's builders build, so that a task sees what
 * was captured where it was submitted.
 *
 * <p>Not by a {@link TaskDecorator} bean, which would decorate schedulers, too: a periodic task
 * would forward the headers of the request that scheduled it forever. Not by a customizer either,
 * which would replace a decorator that the application passes to a builder. Here the application's
 * decorator replaces ours, and {@link ExecutorBeans} wraps it if the executor is a bean.
 *
 * @param decorators the application's own, all of which are applied; Spring Boot 3 ignores them if
 *     there are several
 * @param executors whether executors forward; schedulers never do
 */
record TaskBuilders(
    ObjectProvider<TaskDecorator> decorators,
    boolean executors,
    ConfigurableListableBeanFactory beans)
    implements BeanPostProcessor {

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (executors && bean instanceof ThreadPoolTaskExecutorBuilder builder && isSpringBoots(name)) {
      return builder.taskDecorator(forwarding());
    }
    if (executors
        && bean instanceof SimpleAsyncTaskExecutorBuilder builder
        && isSpringBoots(name)) {
      return builder.taskDecorator(forwarding());
    }
    if (bean instanceof ThreadPoolTaskSchedulerBuilder builder && isSpringBoots(name)) {
      return hasDecorators() ? builder.taskDecorator(forwardingNothing()) : builder;
    }
    if (bean instanceof SimpleAsyncTaskSchedulerBuilder builder && isSpringBoots(name)) {
      return hasDecorators() ? builder.taskDecorator(forwardingNothing()) : builder;
    }
    return bean;
  }

  /** Returns false for the application's own builder, whose decorator cannot be read. */
  private boolean isSpringBoots(String name) {
    Method factory = FactoryMethods.of(beans, name);
    return factory != null
        && factory.getDeclaringClass().getName().startsWith("org.springframework.boot.");
  }

  private boolean hasDecorators() {
    return decorators.stream().findAny().isPresent();
  }

  private TaskDecorator forwarding() {
    return new BindingDecorator(new CompositeTaskDecorator(decorators.orderedStream().toList()));
  }

  /** The first decorator is the innermost, so it takes away what the application's own carry. */
  private TaskDecorator forwardingNothing() {
    Binding nothing = new Binding(CapturedHeaders.empty());
    return new CompositeTaskDecorator(
        Stream.concat(Stream.of(nothing::bind), decorators.orderedStream()).toList());
  }
}
