// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.core.ContextPropagator;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import io.github.tracingpropagation.spring.web.CapturedHeadersAccessor;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries the captured headers to the threads of Resilience4j's bulkheads. */
final class BindingPropagator implements ContextPropagator<CapturedHeaders> {
  private static final BindingPropagator INSTANCE = new BindingPropagator();

  private final CapturedHeadersAccessor scopes = new CapturedHeadersAccessor();

  private BindingPropagator() {}

  /** Adds the propagator to each bulkhead that a registry has, or creates later. */
  static Treated treat(ThreadPoolBulkheadRegistry registry) {
    registry.getEventPublisher().onEntryAdded(event -> addTo(event.getAddedEntry()));
    registry.getEventPublisher().onEntryReplaced(event -> addTo(event.getNewEntry()));
    registry.getAllBulkheads().forEach(BindingPropagator::addTo);
    return Treated.forwards(registry);
  }

  /** Bulkheads may share a configuration, and read the list of its propagators for each task. */
  @SuppressWarnings("rawtypes") // as Resilience4j declares it
  private static void addTo(ThreadPoolBulkhead bulkhead) {
    List<ContextPropagator> propagators = bulkhead.getBulkheadConfig().getContextPropagator();
    synchronized (INSTANCE) {
      if (!propagators.contains(INSTANCE)) {
        propagators.add(INSTANCE);
      }
    }
  }

  @Override
  public Supplier<Optional<CapturedHeaders>> retrieve() {
    return () -> Optional.ofNullable(CapturedHeaders.find(Context.current()));
  }

  @Override
  public Consumer<Optional<CapturedHeaders>> copy() {
    return captured -> captured.ifPresentOrElse(scopes::setValue, scopes::setValue);
  }

  @Override
  public Consumer<Optional<CapturedHeaders>> clear() {
    return captured -> scopes.restore();
  }
}
