// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jdkhttp.JdkHttpTracingPropagation;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import java.net.http.HttpClient;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Outbound: the JDK's client, if its adapter is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JdkHttpTracingPropagation.class)
@ConditionalOnBooleanProperty(
    name = TracingPropagationProperties.BEANS + ".jdk-http-client",
    matchIfMissing = true)
class JdkHttpConfiguration {

  @Bean
  static ForwardingBeans<HttpClient> tracingPropagationJdkHttpClients(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.withPropagation(
        HttpClient.class, JdkHttpConfiguration::forwarding, beans);
  }

  private static Treated forwarding(HttpClient client, TracingPropagation propagation) {
    String type = client.getClass().getName();
    if (type.startsWith(JdkHttpTracingPropagation.class.getPackageName() + '.')) {
      return Treated.forwards(client);
    }
    if (client.getClass().getModule() != HttpClient.class.getModule()) {
      return Treated.leftAlone(client, "its class is not the JDK's but " + type);
    }
    HttpClient wrapped = JdkHttpTracingPropagation.wrap(client, propagation);
    return wrapped == client
        ? Treated.leftAlone(client, "it follows redirects")
        : Treated.forwards(wrapped);
  }
}
