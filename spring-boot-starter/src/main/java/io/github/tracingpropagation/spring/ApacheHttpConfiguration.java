// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.httpclient5.ApacheHttpTracingPropagation;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import io.github.tracingpropagation.spring.web.StarterSupport;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Outbound: Apache HttpClient 5, if its adapter is there. A client that is built cannot be changed,
 * and a wrapper of it would not see each hop. So only beans of its builders forward.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({HttpClientBuilder.class, ApacheHttpTracingPropagation.class})
@ConditionalOnBooleanProperty(
    name = TracingPropagationProperties.BEANS + ".apache-http-client",
    matchIfMissing = true)
class ApacheHttpConfiguration {
  @Bean
  static ForwardingBeans<HttpClientBuilder> tracingPropagationApacheBuilders(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.withPropagation(
        HttpClientBuilder.class,
        (builder, propagation) ->
            Treated.forwards(ApacheHttpTracingPropagation.install(builder, propagation)),
        beans);
  }

  @Bean
  static ForwardingBeans<HttpAsyncClientBuilder> tracingPropagationApacheAsyncBuilders(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.withPropagation(
        HttpAsyncClientBuilder.class,
        (builder, propagation) ->
            Treated.forwards(ApacheHttpTracingPropagation.install(builder, propagation)),
        beans);
  }

  @Bean
  static ForwardingBeans<CloseableHttpClient> tracingPropagationApacheClients(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.of(CloseableHttpClient.class, ApacheHttpConfiguration::built, beans);
  }

  @Bean
  static ForwardingBeans<CloseableHttpAsyncClient> tracingPropagationApacheAsyncClients(
      ConfigurableListableBeanFactory beans) {
    return ForwardingBeans.of(
        CloseableHttpAsyncClient.class, ApacheHttpConfiguration::built, beans);
  }

  private static Treated built(Object client) {
    return StarterSupport.forwardsItself(client)
        ? Treated.forwards(client)
        : Treated.leftAlone(
            client,
            "it is built, and cannot be changed: make its builder a bean, or install"
                + " ApacheHttpTracingPropagation in that");
  }
}
