// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.spring.web.StarterSupport;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;
import reactor.core.publisher.Mono;

/** Runs suspending controllers of Spring MVC with the headers of their request. */
final class SuspendingHandlerAdapter extends RequestMappingHandlerAdapter {

  @Override
  protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod handler) {
    return new Invocable(handler);
  }

  private static final class Invocable extends ServletInvocableHandlerMethod {
    Invocable(HandlerMethod handler) {
      super(handler);
    }

    @Override
    protected Object invokeSuspendingFunction(Method method, Object target, Object[] args) {
      Publisher<?> result =
          CoroutinesUtils.invokeSuspendingFunction(
              StarterSupport.coroutineContext(CapturedHeaders.current()), method, target, args);
      return result instanceof Mono<?> mono ? mono.mapNotNull(Invocable::unboxed) : result;
    }

    /** Returns what an inline class contains, as Spring does; null for nothing. */
    private static @Nullable Object unboxed(Object result) {
      Object value = result;
      while (value != null && KotlinDetector.isInlineClass(value.getClass())) {
        Method unbox =
            Objects.requireNonNull(ReflectionUtils.findMethod(value.getClass(), "unbox-impl"));
        value = ReflectionUtils.invokeMethod(unbox, value);
      }
      return value;
    }
  }
}
