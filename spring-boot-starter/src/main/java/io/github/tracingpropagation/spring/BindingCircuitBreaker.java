// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.core.NativeDetector;

/** Binds what a circuit breaker of Spring Cloud runs to the headers of its caller. */
record BindingCircuitBreaker(CircuitBreaker breaker) implements CircuitBreaker {

  /** Replaces a factory by a subclass, since applications ask for its class. */
  static Treated treat(CircuitBreakerFactory<?, ?> factory) {
    if (NativeDetector.inNativeImage()) {
      return Treated.leftAlone(factory, "a native image makes no classes");
    }
    ProxyFactory proxy = new ProxyFactory(factory);
    proxy.setProxyTargetClass(true);
    proxy.addAdvice((MethodInterceptor) call -> bind(call.proceed()));
    try {
      return Treated.forwards(proxy.getProxy(factory.getClass().getClassLoader()));
    } catch (RuntimeException e) {
      return Treated.leftAlone(
          factory, "there can be no subclass of " + factory.getClass().getName());
    }
  }

  private static @Nullable Object bind(@Nullable Object created) {
    return created instanceof CircuitBreaker breaker ? new BindingCircuitBreaker(breaker) : created;
  }

  @Override
  public <T> T run(Supplier<T> task, Function<Throwable, T> fallback) {
    Binding binding = Binding.ofThisThread();
    return breaker.run(
        binding.bind(task),
        failure -> {
          Supplier<T> recovery = () -> fallback.apply(failure);
          return binding.bind(recovery).get();
        });
  }
}
