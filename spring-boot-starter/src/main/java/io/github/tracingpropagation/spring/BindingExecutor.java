// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;

/** Binds the tasks of an executor that takes no decorator, by a proxy of all its interfaces. */
final class BindingExecutor implements MethodInterceptor {
  private static final BindingExecutor INSTANCE = new BindingExecutor();

  private BindingExecutor() {}

  /**
   * Returns a proxy.
   *
   * @throws RuntimeException if there can be none
   */
  static Object proxy(Executor executor) {
    ProxyFactory proxy = new ProxyFactory(executor);
    proxy.addAdvice(INSTANCE);
    return proxy.getProxy(executor.getClass().getClassLoader());
  }

  @Override
  public @Nullable Object invoke(MethodInvocation call) throws Throwable {
    String method = call.getMethod().getName();
    if (method.startsWith("execute")
        || method.startsWith("submit")
        || method.startsWith("invoke")) {
      Binding binding = Binding.ofThisThread();
      Object[] arguments = call.getArguments();
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = bind(binding, arguments[i]);
      }
    }
    return call.proceed();
  }

  private static Object bind(Binding binding, Object argument) {
    if (!Binding.canBind(argument)) {
      return argument;
    }
    if (argument instanceof Runnable task) {
      return binding.bind(task);
    }
    if (argument instanceof Callable<?> task) {
      return binding.bind(task);
    }
    return argument instanceof Collection<?> tasks
        ? tasks.stream().map(task -> bind(binding, task)).toList()
        : argument;
  }
}
