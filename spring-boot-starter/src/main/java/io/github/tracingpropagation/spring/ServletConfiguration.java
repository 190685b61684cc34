// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Inbound, servlet: the filter, before all others. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({Filter.class, FilterRegistrationBean.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ServletConfiguration {

  /** Backs off if the application has registered the filter itself, in the server's own context. */
  @Bean
  @ConditionalOnMissingBean(
      value = TracingPropagationFilter.class,
      parameterizedContainer = FilterRegistrationBean.class,
      search = SearchStrategy.CURRENT)
  FilterRegistrationBean<TracingPropagationFilter> tracingPropagationFilter(
      TracingPropagation propagation) {
    FilterRegistrationBean<TracingPropagationFilter> registration =
        new FilterRegistrationBean<>(new TracingPropagationFilter(propagation));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setAsyncSupported(true);
    return registration;
  }
}
