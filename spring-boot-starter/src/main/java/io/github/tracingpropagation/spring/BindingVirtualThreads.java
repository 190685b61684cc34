// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Delegates to an executor of Spring's class, with tasks that are bound. A subclass for the same
 * reason as {@link BindingThreadPool}; only its thread factory, which is final, is not the same.
 */
final class BindingVirtualThreads extends VirtualThreadTaskExecutor {
  private static final BindingDecorator DECORATOR = new BindingDecorator(null);

  private final VirtualThreadTaskExecutor executor;

  BindingVirtualThreads(VirtualThreadTaskExecutor executor) {
    this.executor = executor;
  }

  /** Each way to submit a task leads here. */
  @Override
  public void execute(Runnable task) {
    executor.execute(DECORATOR.decorate(task));
  }
}
