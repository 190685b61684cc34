// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Arrays;
import java.util.function.Predicate;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes methods forward the headers of their caller if an advisor may run them on another thread,
 * whatever executor it uses: that need not be a bean.
 *
 * @param handsOver whether an advisor may do so
 * @param exempt whether an invocation is exempt
 */
record HandedOverMethods(
    Predicate<Advisor> handsOver,
    Predicate<MethodInvocation> exempt,
    ConfigurableListableBeanFactory beans)
    implements BeanPostProcessor {
  private static final String KEY = HandedOverMethods.class.getName();

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof Advised advised
        && !advised.isFrozen()
        && Arrays.stream(advised.getAdvisors()).anyMatch(handsOver)
        && !ForwardingBeans.isExempt(beans, name)) {
      Advisor[] advisors = advised.getAdvisors();
      for (int i = advisors.length - 1; i >= 0; i--) {
        if (handsOver.test(advisors[i])) {
          advised.addAdvice(i + 1, (MethodInterceptor) HandedOverMethods::restore);
        }
      }
      advised.addAdvice(0, (MethodInterceptor) this::store);
    }
    return bean;
  }

  /** Before all such advisors: stores what the caller knows in the invocation. */
  private @Nullable Object store(MethodInvocation call) throws Throwable {
    if (!exempt.test(call)) {
      ((ProxyMethodInvocation) call).setUserAttribute(KEY, Binding.ofThisThread());
    }
    return call.proceed();
  }

  /**
   * After each of them: makes it current, perhaps on another thread; but not if that thread is to
   * forward nothing, as a decorator of its executor may have decided.
   */
  @SuppressWarnings("try") // the scope is only closed
  private static @Nullable Object restore(MethodInvocation call) throws Throwable {
    CapturedHeaders current = CapturedHeaders.find(Context.current());
    if ((current == null || !current.isEmpty())
        && ((ProxyMethodInvocation) call).getUserAttribute(KEY) instanceof Binding binding) {
      try (Scope scope = binding.makeCurrent()) {
        return call.proceed();
      }
    }
    return call.proceed();
  }
}
