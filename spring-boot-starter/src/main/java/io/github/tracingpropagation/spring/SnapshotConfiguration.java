// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.spring.web.CapturedHeadersAccessor;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Snapshots of Micrometer's context propagation, whose accessor a service loader has found. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ContextRegistry.class)
class SnapshotConfiguration {

  /** After all singletons, of which some register accessors. */
  @Bean
  @Lazy(false)
  static SmartInitializingSingleton tracingPropagationLastAccessor() {
    return SnapshotConfiguration::moveToTheEnd;
  }

  /**
   * Moves the accessor of the captured headers behind all others. If an accessor throws, Micrometer
   * does not reset those before it; that of observations throws if the application's handler does.
   */
  private static void moveToTheEnd() {
    ContextRegistry registry = ContextRegistry.getInstance();
    List<ThreadLocalAccessor<?>> all = registry.getThreadLocalAccessors();
    for (int n = 0; n < all.size() - 1; n++) {
      if (all.get(n) instanceof CapturedHeadersAccessor ours) {
        registry.registerThreadLocalAccessor(ours); // which removes it first
      }
    }
  }
}
