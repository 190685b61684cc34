// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.function.SingletonSupplier;

/** Calls of {@code @Async} methods whose executor has {@link WithoutTracingPropagation}. */
final class ExemptAsyncMethods implements Predicate<MethodInvocation> {
  /** The name of the executor that Spring prefers if a method names none. */
  private static final String DEFAULT = "taskExecutor";

  private final SingletonSupplier<Set<String>> executors;

  ExemptAsyncMethods(ListableBeanFactory beans) {
    executors =
        SingletonSupplier.of(
            () -> Set.of(beans.getBeanNamesForAnnotation(WithoutTracingPropagation.class)));
  }

  @Override
  public boolean test(MethodInvocation call) {
    Set<String> exempt = executors.obtain();
    return !exempt.isEmpty() && exempt.contains(executor(call));
  }

  private static String executor(MethodInvocation call) {
    Class<?> type = Objects.requireNonNull(call.getThis()).getClass();
    Method method = AopUtils.getMostSpecificMethod(call.getMethod(), type);
    Async async = AnnotatedElementUtils.findMergedAnnotation(method, Async.class);
    if (async == null) {
      async = AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), Async.class);
    }
    return async == null || async.value().isEmpty() ? DEFAULT : async.value();
  }
}
