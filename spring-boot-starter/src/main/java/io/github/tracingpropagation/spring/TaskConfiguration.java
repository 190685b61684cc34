// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Threads: the executors that Spring Boot builds. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ThreadPoolTaskExecutor.class, ThreadPoolTaskExecutorBuilder.class})
class TaskConfiguration {

  @Bean
  static TaskBuilders tracingPropagationTaskBuilders(
      ObjectProvider<TaskDecorator> decorators,
      Environment environment,
      ConfigurableListableBeanFactory beans) {
    boolean executors =
        environment.getProperty(ExecutorConfiguration.PROPERTY, Boolean.class, true);
    return new TaskBuilders(decorators, executors, beans);
  }
}
