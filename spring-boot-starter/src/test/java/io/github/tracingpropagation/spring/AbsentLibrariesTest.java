// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Each library that an application may lack. */
class AbsentLibrariesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "feign",
        "io.github.tracingpropagation.grpc",
        "io.github.resilience4j",
        "io.github.tracingpropagation.httpclient5",
        "io.github.tracingpropagation.jdkhttp",
        "io.github.tracingpropagation.okhttp",
        "io.micrometer.context",
        "io.micrometer.core",
        "io.micrometer.observation",
        "io.micrometer.tracing",
        "jakarta.servlet",
        "okhttp3",
        "org.apache.hc",
        "org.slf4j",
        "org.springframework.grpc",
        "org.springframework.kafka",
        "org.springframework.cloud",
        "org.springframework.amqp",
        "org.springframework.boot.actuate",
        "org.springframework.scheduling",
        "org.springframework.web.reactive",
        "org.springframework.web.servlet",
        "org.springframework.web",
        "reactor"
      })
  void absentLibrary_isNoReasonNotToStart(String library) {
    starts(new ApplicationContextRunner(), library);
    if (!library.equals("org.springframework.web")) {
      starts(
          new WebApplicationContextRunner(), library.equals("jakarta.servlet") ? "none" : library);
      starts(
          new ReactiveWebApplicationContextRunner(), library.equals("reactor") ? "none" : library);
    }
  }

  private static void starts(AbstractApplicationContextRunner<?, ?, ?> application, String absent) {
    application
        .withClassLoader(new FilteredClassLoader(absent))
        .withConfiguration(AutoConfigurations.of(TracingPropagationAutoConfiguration.class))
        .run(context -> assertThat(context).hasSingleBean(TracingPropagation.class));
  }
}
