// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import io.github.tracingpropagation.spring.web.TracingPropagationWebFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** The registration of the filter; what it does is in its own module's tests. */
class FilterTest {
  private static final AutoConfigurations STARTER =
      AutoConfigurations.of(TracingPropagationAutoConfiguration.class);

  static class OwnRegistration {
    @Bean
    FilterRegistrationBean<TracingPropagationFilter> own() {
      return new FilterRegistrationBean<>(new TracingPropagationFilter());
    }
  }

  @Test
  void filter_isBeforeAllOthers_forEachDispatcherType() {
    new WebApplicationContextRunner()
        .withConfiguration(STARTER)
        .run(
            context -> {
              FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
              assertThat(filter.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
              assertThat(filter.determineDispatcherTypes())
                  .isEqualTo(EnumSet.allOf(DispatcherType.class));
              assertThat(filter.isAsyncSupported()).isTrue();
            });
  }

  @Test
  void ownRegistration_replacesOurs() {
    new WebApplicationContextRunner()
        .withConfiguration(STARTER)
        .withUserConfiguration(OwnRegistration.class)
        .run(
            context ->
                assertThat(context.getBeanNamesForType(FilterRegistrationBean.class))
                    .containsExactly("own"));
  }

  @Test
  void reactiveApplication_hasNoServletFilter() {
    new ReactiveWebApplicationContextRunner()
        .withConfiguration(STARTER)
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(FilterRegistrationBean.class);
              assertThat(context).hasSingleBean(TracingPropagationWebFilter.class);
            });
  }
}
