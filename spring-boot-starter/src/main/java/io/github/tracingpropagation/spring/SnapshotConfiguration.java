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
   * Moves the accessor of the captured headers behind all others. A snapshot does not undo what it
   * has set if an accessor throws, as that of observations does if a handler of the application
   * throws; the last one is set when no other can throw any more, and restored first.
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
