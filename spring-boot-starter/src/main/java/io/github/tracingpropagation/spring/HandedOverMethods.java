// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.opentelemetry.context.Scope;
import java.util.function.Predicate;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Advisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Makes methods forward the headers of their caller if an advisor may run them on another thread,
 * whatever executor it uses: that need not be a bean.
 *
 * @param handsOver whether an advisor may do so
 */
record HandedOverMethods(Predicate<Advisor> handsOver) implements BeanPostProcessor {
  private static final String KEY = HandedOverMethods.class.getName();

  /** Before such advisors: stores what the caller knows in the invocation. */
  private static final MethodInterceptor STORE =
      call -> {
        ((ProxyMethodInvocation) call).setUserAttribute(KEY, Binding.ofThisThread());
        return call.proceed();
      };

  /** After each of them: makes it current, perhaps on another thread. */
  @SuppressWarnings("try") // the scope is only closed
  private static final MethodInterceptor RESTORE =
      call -> {
        if (((ProxyMethodInvocation) call).getUserAttribute(KEY) instanceof Binding binding) {
          try (Scope scope = binding.makeCurrent()) {
            return call.proceed();
          }
        }
        return call.proceed();
      };

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof Advised advised && !advised.isFrozen()) {
      Advisor[] advisors = advised.getAdvisors();
      boolean any = false;
      for (int i = advisors.length - 1; i >= 0; i--) {
        if (handsOver.test(advisors[i])) {
          advised.addAdvice(i + 1, RESTORE);
          any = true;
        }
      }
      if (any) {
        advised.addAdvice(0, STORE);
      }
    }
    return bean;
  }
}
