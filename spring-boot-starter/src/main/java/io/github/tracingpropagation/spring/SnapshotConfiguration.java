// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.micrometer.context.ContextRegistry;
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
    return CapturedHeadersAccessor::moveToTheEnd;
  }
}
