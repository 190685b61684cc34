// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Micrometer's counters of what is captured, forwarded and not forwarded. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
class MetricsConfiguration {

  /**
   * Null without a registry, so that nothing is observed in vain. It is not a condition, which
   * would need this configuration to come after that of each registry.
   */
  @Bean
  @Lazy(false)
  static @Nullable PropagationMeters tracingPropagationMeters(
      ObjectProvider<MeterRegistry> registry, ListableBeanFactory beans) {
    String[] names =
        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
            beans, MeterRegistry.class, true, false);
    return names.length == 0 ? null : new PropagationMeters(registry);
  }
}
