// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts applications without a word about tracing in them. */
final class Applications {
  private Applications() {}

  /** With these, no bean of an empty application is in its inventory: only the Reactor property. */
  static final String[] EMPTY_INVENTORY = {
    "tracing.propagation.beans.executor=false",
    "tracing.propagation.beans.kafka=false",
    "tracing.propagation.beans.rabbit=false",
    "tracing.propagation.beans.grpc=false"
  };

  @EnableAutoConfiguration
  static class Empty {}

  /** Starts an application without a server, with a bean of its own unless that is null. */
  static ConfigurableApplicationContext start(
      @Nullable TracingPropagation propagation, String... properties) {
    return builder(Empty.class, properties)
        .web(WebApplicationType.NONE)
        .initializers(
            application -> {
              if (propagation != null) {
                application.getBeanFactory().registerSingleton("own", propagation);
              }
            })
        .run();
  }

  static SpringApplicationBuilder builder(Class<?> application, String... properties) {
    return new SpringApplicationBuilder(application)
        .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
        // Without any quiet period Reactor Netty may wait for connections whose threads have ended.
        .properties(
            "management.tracing.enabled=false", "spring.reactor.netty.shutdown-quiet-period=100ms")
        .properties(properties);
  }
}
