// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import feign.Capability;
import feign.Feign;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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

  /** Without Spring Cloud, which adds the capability itself, to its own and the application's. */
  @Bean
  static ForwardingBeans<Feign.Builder> tracingPropagationFeignBuilders(
      ObjectProvider<TracingPropagationCapability> capability,
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.of(
        Feign.Builder.class,
        builder -> Treated.forwards(builder.addCapability(capability.getObject())),
        beans);
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
