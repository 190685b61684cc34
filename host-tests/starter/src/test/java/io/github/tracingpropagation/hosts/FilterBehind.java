// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application's own registration of the filter, behind the one that starts observations. */
@Configuration(proxyBeanMethods = false)
class FilterBehind {
  @Bean
  FilterRegistrationBean<TracingPropagationFilter> tracing(TracingPropagation propagation) {
    FilterRegistrationBean<TracingPropagationFilter> tracing =
        new FilterRegistrationBean<>(new TracingPropagationFilter(propagation));
    tracing.setOrder(0);
    tracing.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    tracing.setAsyncSupported(true);
    return tracing;
  }
}
