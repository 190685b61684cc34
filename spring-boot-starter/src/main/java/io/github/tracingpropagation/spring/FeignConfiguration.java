// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import feign.Capability;
import io.github.tracingpropagation.TracingPropagation;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Outbound: OpenFeign. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Capability.class)
class FeignConfiguration {

  @Bean
  TracingPropagationCapability tracingPropagationCapability(TracingPropagation propagation) {
    return new TracingPropagationCapability(propagation);
  }
}
