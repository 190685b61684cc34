// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;

/**
 * Binds each task of an executor to the captured headers of the thread that submits it.
 *
 * @param own the application's decorator, which sees the headers
 */
record BindingDecorator(@Nullable TaskDecorator own) implements TaskDecorator {

  @Override
  public Runnable decorate(Runnable task) {
    Binding binding = Binding.ofThisThread();
    Runnable decorated = own == null ? task : own.decorate(task);
    return Binding.canBind(task) && Binding.canBind(decorated)
        ? binding.bind(decorated)
        : decorated;
  }
}
