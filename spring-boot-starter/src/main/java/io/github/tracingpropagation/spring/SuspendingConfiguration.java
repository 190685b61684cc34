// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.web.StarterSupport;
import io.github.tracingpropagation.spring.web.TracingPropagationWebFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.web.servlet.mvc.method.annotation.ExceptionHandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Controllers that are coroutines or return a {@code Flow}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = {"kotlinx.coroutines.reactor.MonoKt", "kotlin.reflect.full.KCallables"})
@ConditionalOnWebApplication
class SuspendingConfiguration {

  @Bean
  static BeanPostProcessor tracingPropagationFlows() {
    StarterSupport.adaptFlows(ReactiveAdapterRegistry.getSharedInstance());
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof ReactiveAdapterRegistry registry) {
          StarterSupport.adaptFlows(registry); // that of WebFlux
        }
        return bean;
      }
    };
  }

  /** Spring MVC. Coroutines of WebFlux have what {@link TracingPropagationWebFilter} gives them. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(RequestMappingHandlerAdapter.class)
  static class OtherAdapters {

    @Bean
    static BeanPostProcessor tracingPropagationSuspendingResults(
        ObjectProvider<TracingPropagation> propagation) {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          if (bean instanceof RequestMappingHandlerAdapter adapter
              && !(bean instanceof SuspendingHandlerAdapter)) {
            SuspendingResults.addTo(adapter, propagation);
          }
          return bean;
        }
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations.class)
  static class SpringBoot3 {

    @Bean
    @ConditionalOnMissingBean
    org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations
        tracingPropagationWebMvc() {
      return new Registrations3(
          new org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations() {});
    }

    @Bean
    static BeanPostProcessor tracingPropagationWebMvcOfTheApplication() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean
                  instanceof
                  org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations own
              ? new Registrations3(own)
              : bean;
        }
      };
    }

    /** What the application registers, and our adapter unless it has its own. */
    private record Registrations3(
        org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations own)
        implements org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations {
      @Override
      public @Nullable RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return own.getRequestMappingHandlerMapping();
      }

      @Override
      public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        RequestMappingHandlerAdapter adapter = own.getRequestMappingHandlerAdapter();
        return adapter == null ? new SuspendingHandlerAdapter() : adapter;
      }

      @Override
      public @Nullable ExceptionHandlerExceptionResolver getExceptionHandlerExceptionResolver() {
        return own.getExceptionHandlerExceptionResolver();
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations.class)
  static class SpringBoot4 {

    @Bean
    @ConditionalOnMissingBean
    org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations tracingPropagationWebMvc() {
      return new Registrations4(
          new org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations() {});
    }

    @Bean
    static BeanPostProcessor tracingPropagationWebMvcOfTheApplication() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean
                  instanceof org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations own
              ? new Registrations4(own)
              : bean;
        }
      };
    }

    /** What the application registers, and our adapter unless it has its own. */
    private record Registrations4(
        org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations own)
        implements org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations {
      @Override
      public @Nullable RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return own.getRequestMappingHandlerMapping();
      }

      @Override
      public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        RequestMappingHandlerAdapter adapter = own.getRequestMappingHandlerAdapter();
        return adapter == null ? new SuspendingHandlerAdapter() : adapter;
      }

      @Override
      public @Nullable ExceptionHandlerExceptionResolver getExceptionHandlerExceptionResolver() {
        return own.getExceptionHandlerExceptionResolver();
      }
    }
  }
}
