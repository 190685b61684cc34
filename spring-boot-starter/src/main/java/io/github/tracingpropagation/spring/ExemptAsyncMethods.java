// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.function.SingletonSupplier;

/** Calls of {@code @Async} methods whose executor has {@link WithoutTracingPropagation}. */
final class ExemptAsyncMethods implements Predicate<MethodInvocation> {
  /** The names of executors that Spring and Spring Boot prefer if a method names none. */
  private static final List<String> DEFAULTS = List.of("taskExecutor", "applicationTaskExecutor");

  private final ConfigurableListableBeanFactory beans;
  private final SingletonSupplier<Set<String>> exempt;

  ExemptAsyncMethods(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
    exempt =
        SingletonSupplier.of(
            () -> Set.of(beans.getBeanNamesForAnnotation(WithoutTracingPropagation.class)));
  }

  @Override
  public boolean test(MethodInvocation call) {
    Set<String> names = exempt.obtain();
    return !names.isEmpty() && executors(call).stream().anyMatch(names::contains);
  }

  private List<String> executors(MethodInvocation call) {
    Class<?> type = Objects.requireNonNull(call.getThis()).getClass();
    Method method = AopUtils.getMostSpecificMethod(call.getMethod(), type);
    Async async = AnnotatedElementUtils.findMergedAnnotation(method, Async.class);
    if (async == null) {
      async = AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), Async.class);
    }
    String name = async == null ? null : beans.resolveEmbeddedValue(async.value());
    return name == null || name.isEmpty() ? DEFAULTS : List.of(name);
  }
}
