// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import feign.Capability;
import io.github.tracingpropagation.TracingPropagation;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.openfeign.loadbalancer.LoadBalancerFeignRequestTransformer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Outbound: OpenFeign. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Capability.class)
class FeignConfiguration {

  @Bean
  FeignForwarding tracingPropagationFeign(TracingPropagation propagation) {
    return new FeignForwarding(propagation);
  }

  @Bean
  TracingPropagationCapability tracingPropagationCapability(
      FeignForwarding forwarding, ObjectProvider<TracingPropagationCapability.Balancer> balancer) {
    return new TracingPropagationCapability(
        forwarding, balancer.getIfAvailable(() -> client -> client));
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(LoadBalancerFeignRequestTransformer.class)
  static class LoadBalanced {

    @Bean
    LoadBalancedFeign tracingPropagationLoadBalancedFeign(
        FeignForwarding forwarding, BeanFactory beans) {
      return new LoadBalancedFeign(forwarding, beans);
    }
  }
}
