// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Hooks;

/**
 * Blocking clients in operators of Reactor, which have the headers of their chain only if Spring
 * Boot propagates contexts automatically. A hook of Reactor's schedulers would also bind timers, of
 * all applications in the JVM.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({Hooks.class, RestClient.class})
@ConditionalOnProperty(
    name = BlockingClientConfiguration.PROPERTY,
    havingValue = "limited",
    matchIfMissing = true)
class BlockingClientConfiguration {
  static final String PROPERTY = "spring.reactor.context-propagation";

  @Bean
  @Lazy(false)
  SmartInitializingSingleton tracingPropagationBlockingClients(Inventory inventory) {
    return () ->
        inventory.add(
            new Inventory.Entry(
                "Reactor",
                PROPERTY,
                "it is not auto, so blocking clients in operators forward nothing"));
  }
}
