// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.grpc.TracingPropagationClientInterceptor;
import io.github.tracingpropagation.grpc.TracingPropagationServerInterceptor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.client.GlobalClientInterceptor;
import org.springframework.grpc.server.GlobalServerInterceptor;

/**
 * Inbound and outbound: the servers and channels that Spring gRPC builds. An application that
 * builds its own installs the interceptors itself.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(TracingPropagationServerInterceptor.class)
@ConditionalOnBooleanProperty(
    name = TracingPropagationProperties.BEANS + ".grpc",
    matchIfMissing = true)
class GrpcConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(GlobalServerInterceptor.class)
  static class Server {

    /** The first, so that all others have the headers. */
    @Bean
    @GlobalServerInterceptor
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TracingPropagationServerInterceptor tracingPropagationGrpcServer(
        TracingPropagation propagation, Inventory inventory) {
      inventory.add(
          new Inventory.Entry("gRPC server interceptor", "tracingPropagationGrpcServer", null));
      return new TracingPropagationServerInterceptor(propagation);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(GlobalClientInterceptor.class)
  static class Client {

    /** The last, so that it sees the headers of tracers. */
    @Bean
    @GlobalClientInterceptor
    @Order(Ordered.LOWEST_PRECEDENCE)
    TracingPropagationClientInterceptor tracingPropagationGrpcClient(
        TracingPropagation propagation, Inventory inventory) {
      inventory.add(
          new Inventory.Entry("gRPC client interceptor", "tracingPropagationGrpcClient", null));
      return new TracingPropagationClientInterceptor(propagation);
    }
  }
}
