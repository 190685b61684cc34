// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.adapter.PropagationObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Counts with Micrometer. No tag has a value or a host: the names of headers are those of the
 * configuration, so the number of counters is bounded. Thread-safe.
 *
 * <p>The registry is asked for when all singletons exist. One that exports by a client of Spring
 * Boot needs what this observes; until then nothing is counted.
 */
final class PropagationMeters implements PropagationObserver, SmartInitializingSingleton {
  private static final String PREFIX = "tracing.propagation.";

  private final ObjectProvider<MeterRegistry> registries;
  private volatile @Nullable Counters counters;

  PropagationMeters(ObjectProvider<MeterRegistry> registries) {
    this.registries = registries;
  }

  @Override
  public void afterSingletonsInstantiated() {
    MeterRegistry registry = registries.getIfUnique();
    if (registry != null) {
      counters = new Counters(registry);
    }
  }

  @Override
  public void captured(CapturedHeaders captured) {
    Counters all = counters;
    if (all != null) {
      (captured.isEmpty() ? all.withoutHeaders : all.withHeaders).increment();
    }
  }

  @Override
  public void dropped(String header, DropReason reason) {
    Counters all = counters;
    if (all != null) {
      all.dropped(header, reason).increment();
    }
  }

  @Override
  public void forwarded() {
    Counters all = counters;
    if (all != null) {
      all.forwarded.increment();
    }
  }

  @Override
  public void withheld() {
    Counters all = counters;
    if (all != null) {
      all.withheld.increment();
    }
  }

  @Override
  public void refused(RefusalCause cause, String client, String reason) {
    Counters all = counters;
    if (all != null) {
      all.refused(cause).increment();
    }
  }

  /** Those that every service has exist from the start, so that a zero is seen as a zero. */
  private static final class Counters {
    private final MeterRegistry registry;
    private final Counter withHeaders;
    private final Counter withoutHeaders;
    private final Counter forwarded;
    private final Counter withheld;

    Counters(MeterRegistry registry) {
      this.registry = registry;
      withHeaders = counter("requests", "Inbound requests captured", "headers", "present");
      withoutHeaders = counter("requests", "Inbound requests captured", "headers", "absent");
      forwarded = counter("calls", "Outgoing calls", "outcome", "forwarded");
      withheld = counter("calls", "Outgoing calls", "outcome", "withheld");
      for (RefusalCause cause : RefusalCause.values()) {
        refused(cause);
      }
    }

    private Counter refused(RefusalCause cause) {
      return counter("refused", "Calls refused", "cause", text(cause));
    }

    private Counter dropped(String header, DropReason reason) {
      return counter("dropped", "Headers dropped", "header", header, "reason", text(reason));
    }

    private Counter counter(String name, String description, String... tags) {
      return Counter.builder(PREFIX + name).description(description).tags(tags).register(registry);
    }

    private static String text(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
