// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Controllers that are coroutines or return a {@code Flow}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = {"kotlinx.coroutines.reactor.MonoKt", "kotlin.reflect.full.KCallables"})
@ConditionalOnWebApplication
class SuspendingConfiguration {

  @Bean
  static BeanPostProcessor tracingPropagationFlows() {
    FlowAdapter.addTo(ReactiveAdapterRegistry.getSharedInstance());
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof ReactiveAdapterRegistry registry) {
          FlowAdapter.addTo(registry); // that of WebFlux
        }
        return bean;
      }
    };
  }

  /** Coroutines of WebFlux have what {@link CapturingWebFilter} gives them. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(RequestMappingHandlerAdapter.class)
  static class Servlet {

    @Bean
    static BeanPostProcessor tracingPropagationSuspendingControllers() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
          return bean.getClass() == RequestMappingHandlerAdapter.class
              ? new SuspendingHandlerAdapter((RequestMappingHandlerAdapter) bean)
              : bean;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          if (bean instanceof RequestMappingHandlerAdapter adapter
              && !(bean instanceof SuspendingHandlerAdapter)) {
            SuspendingResults.addTo(adapter);
          }
          return bean;
        }
      };
    }
  }
}
