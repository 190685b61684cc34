// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the tasks of executors that are beans see what was captured where they were submitted.
 *
 * <p>Spring's executors get a decorator around the present one. A subclass that delegates replaces
 * the JDK's thread pools and Spring's {@link VirtualThreadTaskExecutor}. A proxy of its interfaces
 * replaces any other executor, if its bean method returns an interface.
 */
record ExecutorBeans(ConfigurableListableBeanFactory beans) {

  Treated treat(Executor bean, String name) {
    String reason = reasonToLeave(bean, name);
    if (reason != null) {
      return Treated.leftAlone(bean, reason);
    }
    Object target = AopUtils.isAopProxy(bean) ? AopProxyUtils.getSingletonTarget(bean) : bean;
    if (target == null) {
      return Treated.leftAlone(bean, "it is a proxy of changing targets");
    }
    if (target instanceof ThreadPoolTaskExecutor spring) {
      return decorate(bean, spring, ThreadPoolTaskExecutor.class, spring::setTaskDecorator);
    }
    if (target instanceof SimpleAsyncTaskExecutor spring) {
      return decorate(bean, spring, SimpleAsyncTaskExecutor.class, spring::setTaskDecorator);
    }
    if (target instanceof ConcurrentTaskExecutor spring) {
      return decorate(bean, spring, ConcurrentTaskExecutor.class, spring::setTaskDecorator);
    }
    if (target instanceof TaskExecutorAdapter spring) {
      return decorate(bean, spring, TaskExecutorAdapter.class, spring::setTaskDecorator);
    }
    if (bean.getClass() == ThreadPoolExecutor.class) {
      return Treated.forwards(new BindingThreadPool((ThreadPoolExecutor) bean));
    }
    return bean.getClass() == VirtualThreadTaskExecutor.class
        ? Treated.forwards(new BindingVirtualThreads((VirtualThreadTaskExecutor) bean))
        : replace(bean, name);
  }

  /**
   * A scheduled task outlives its request; a task of a priority queue must be comparable. Since
   * Java 25 a fork-join pool is a scheduler, too, but most of its tasks are not scheduled.
   */
  private @Nullable String reasonToLeave(Executor bean, String name) {
    if (bean instanceof TaskScheduler
        || (bean instanceof ScheduledExecutorService && !(bean instanceof ForkJoinPool))) {
      return "it schedules tasks";
    }
    Method factory = FactoryMethods.of(beans, name);
    if (factory != null && isSprings(factory.getDeclaringClass().getName())) {
      return "it is a part of Spring's " + factory.getDeclaringClass().getSimpleName();
    }
    return pool(bean) instanceof ThreadPoolExecutor pool
            && pool.getQueue() instanceof PriorityBlockingQueue
        ? "its queue orders the tasks"
        : null;
  }

  /** Such an executor may run messages, which belong to no request. */
  private static boolean isSprings(String type) {
    return type.startsWith("org.springframework.") && !type.startsWith("org.springframework.boot.");
  }

  private static @Nullable Executor pool(Executor executor) {
    if (executor instanceof ThreadPoolTaskExecutor spring) {
      return initialized(spring);
    }
    return executor instanceof ConcurrentTaskExecutor spring
        ? spring.getConcurrentExecutor()
        : executor;
  }

  private static @Nullable Executor initialized(ThreadPoolTaskExecutor executor) {
    try {
      return executor.getThreadPoolExecutor();
    } catch (IllegalStateException e) {
      return null; // the application does it later
    }
  }

  private static Treated decorate(
      Executor bean, Object executor, Class<?> type, Consumer<TaskDecorator> setter) {
    Field field = ReflectionUtils.findField(type, "taskDecorator");
    if (field == null) {
      return Treated.leftAlone(bean, "its TaskDecorator is not known");
    }
    ReflectionUtils.makeAccessible(field);
    TaskDecorator present = (TaskDecorator) ReflectionUtils.getField(field, executor);
    if (!(present instanceof BindingDecorator)) {
      setter.accept(new BindingDecorator(present));
    }
    return Treated.forwards(bean);
  }

  private Treated replace(Executor bean, String name) {
    Method factory = FactoryMethods.of(beans, name);
    Class<?> declared = factory == null ? bean.getClass() : factory.getReturnType();
    if (!declared.isInterface() || !Executor.class.isAssignableFrom(declared)) {
      return Treated.leftAlone(bean, "it is declared as the class " + declared.getName());
    }
    try {
      return Treated.forwards(BindingExecutor.proxy(bean));
    } catch (RuntimeException e) {
      return Treated.leftAlone(bean, "there can be no proxy of " + bean.getClass().getName());
    }
  }
}
