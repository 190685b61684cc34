// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.github.tracingpropagation.okhttp.TracingPropagationInterceptor;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import okhttp3.OkHttpClient;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Outbound: OkHttp, if its adapter is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({OkHttpClient.class, OkHttpTracingPropagation.class})
@ConditionalOnBooleanProperty(
    name = TracingPropagationProperties.BEANS + ".ok-http",
    matchIfMissing = true)
class OkHttpConfiguration {

  @Bean
  static ForwardingBeans<OkHttpClient> tracingPropagationOkHttpClients(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.withPropagation(
        OkHttpClient.class, OkHttpConfiguration::forwarding, beans);
  }

  /** Another client, with the same connections and threads. */
  private static Treated forwarding(OkHttpClient client, TracingPropagation propagation) {
    if (client.networkInterceptors().stream()
        .anyMatch(TracingPropagationInterceptor.class::isInstance)) {
      return Treated.forwards(client);
    }
    return client.getClass() == OkHttpClient.class
        ? Treated.forwards(
            OkHttpTracingPropagation.install(client.newBuilder(), propagation).build())
        : Treated.leftAlone(client, "its class is not OkHttp's but " + client.getClass().getName());
  }
}
