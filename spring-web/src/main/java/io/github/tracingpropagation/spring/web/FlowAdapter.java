// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.reactive.ReactiveFlowKt;
import kotlinx.coroutines.reactor.ReactorFlowKt;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ReactiveTypeDescriptor;
import reactor.core.publisher.Flux;

/**
 * Runs each {@code Flow} that a controller returns with {@link CoroutineHeaders}. Spring 7 has an
 * adapter that carries what Micrometer's context propagation does.
 */
final class FlowAdapter {
  private static final Set<ReactiveAdapterRegistry> REGISTRIES =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private FlowAdapter() {}

  /** Replaces an adapter of Spring 6, once: the applications of a JVM share one registry. */
  static void addTo(ReactiveAdapterRegistry registry) {
    if (!CoroutineHeaders.springHasItsOwn() && REGISTRIES.add(registry)) {
      registry.registerReactiveTypeOverride(
          ReactiveTypeDescriptor.multiValue(Flow.class, FlowKt::emptyFlow),
          flow -> toFlux((Flow<?>) flow),
          ReactiveFlowKt::asFlow);
    }
  }

  /** WebFlux has the headers in Reactor's context, Spring MVC on the thread of the request. */
  private static <T> Flux<T> toFlux(Flow<T> flow) {
    CapturedHeaders onThread = CapturedHeaders.find(io.opentelemetry.context.Context.current());
    return Flux.deferContextual(
        view ->
            ReactorFlowKt.asFlux(
                flow, element(view.getOrDefault(CapturedHeaders.class, onThread))));
  }

  private static CoroutineContext element(@Nullable CapturedHeaders captured) {
    return captured == null ? EmptyCoroutineContext.INSTANCE : new CoroutineHeaders(captured);
  }
}
