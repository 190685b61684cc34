// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.spring.web.StarterSupport;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandlerComposite;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import reactor.core.publisher.Hooks;

/**
 * Makes suspending controllers forward nothing if Spring Boot did not create their adapter: then
 * their coroutines cannot be given a context element, and would have the headers of whatever thread
 * resumes them.
 */
final class SuspendingResults implements HandlerMethodReturnValueHandler {
  private static final OnceLogger LOGGER = OnceLogger.of(SuspendingResults.class);

  private final ObjectProvider<TracingPropagation> propagation;
  private final String adapter;

  /** Those that the adapter had, one of which starts the coroutine. */
  private final HandlerMethodReturnValueHandlerComposite others;

  private SuspendingResults(
      ObjectProvider<TracingPropagation> propagation,
      String adapter,
      HandlerMethodReturnValueHandlerComposite others) {
    this.propagation = propagation;
    this.adapter = adapter;
    this.others = others;
  }

  static void addTo(
      RequestMappingHandlerAdapter adapter, ObjectProvider<TracingPropagation> propagation) {
    List<HandlerMethodReturnValueHandler> handlers =
        new ArrayList<>(Objects.requireNonNull(adapter.getReturnValueHandlers()));
    HandlerMethodReturnValueHandlerComposite others =
        new HandlerMethodReturnValueHandlerComposite().addHandlers(handlers);
    handlers.add(0, new SuspendingResults(propagation, adapter.getClass().getName(), others));
    adapter.setReturnValueHandlers(handlers);
  }

  /** Spring 7 has an element that is as good, if it propagates the context automatically. */
  @Override
  public boolean supportsReturnType(MethodParameter type) {
    return type.getMethod() != null
        && KotlinDetector.isSuspendingFunction(type.getMethod())
        && !(StarterSupport.springHasACoroutineElement()
            && Hooks.isAutomaticContextPropagationEnabled());
  }

  @Override
  @SuppressWarnings("try") // the scope is only closed
  public void handleReturnValue(
      @Nullable Object value,
      MethodParameter type,
      ModelAndViewContainer container,
      NativeWebRequest request)
      throws Exception {
    LOGGER.notForwarded(
        propagation.getObject(),
        "suspending controllers",
        "Spring Boot did not make their RequestMappingHandlerAdapter, " + adapter,
        "Remove @EnableWebMvc or what else makes it, or on Spring Boot 4 set"
            + " spring.reactor.context-propagation=auto.");
    try (Scope nothing = CapturedHeaders.empty().makeCurrent()) {
      others.handleReturnValue(value, type, container, request);
    }
  }
}
