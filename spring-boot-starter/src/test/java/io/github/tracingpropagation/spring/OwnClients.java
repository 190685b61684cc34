// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.net.http.HttpClient;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** Clients, and builders of them, as applications write them. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class OwnClients {
  static final class OwnTemplate extends RestTemplate {}

  @Bean
  static CustomScopeConfigurer scopes() {
    CustomScopeConfigurer scopes = new CustomScopeConfigurer();
    scopes.addScope("thread", new SimpleThreadScope());
    return scopes;
  }

  @Bean
  RestTemplate template() {
    return new RestTemplate();
  }

  @Bean
  @Lazy
  OwnTemplate ownTemplate() {
    return new OwnTemplate();
  }

  @Bean
  @org.springframework.context.annotation.Scope(
      value = "thread",
      proxyMode = ScopedProxyMode.TARGET_CLASS)
  RestTemplate scopedTemplate() {
    return new RestTemplate();
  }

  @Bean
  @org.springframework.context.annotation.Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
  RestTemplate prototypeTemplate() {
    return new RestTemplate();
  }

  @Bean
  FactoryBean<RestTemplate> templateOfAFactory() {
    return new FactoryBean<>() {
      @Override
      public RestTemplate getObject() {
        return new RestTemplate();
      }

      @Override
      public Class<?> getObjectType() {
        return RestTemplate.class;
      }
    };
  }

  @Bean
  RestTemplate injectedBuilder(RestTemplateBuilder builder) {
    return builder.build();
  }

  @Bean
  RestTemplate injectedBuilderWithInterceptor(RestTemplateBuilder builder) {
    return builder
        .additionalInterceptors((request, body, next) -> next.execute(request, body))
        .build();
  }

  @Bean
  RestTemplate buffering() {
    return new RestTemplate(
        new BufferingClientHttpRequestFactory(new SimpleClientHttpRequestFactory()));
  }

  @Bean
  RestTemplate withInterceptor() {
    RestTemplate template = new RestTemplate();
    template.getInterceptors().add((request, body, next) -> next.execute(request, body));
    return template;
  }

  @Bean
  RestTemplate jdkTemplate() {
    return new RestTemplate(new JdkClientHttpRequestFactory(HttpClient.newHttpClient()));
  }

  @Bean
  RestClient created() {
    return RestClient.create();
  }

  @Bean
  RestClient built() {
    return RestClient.builder().defaultHeader("x-other", "1").build();
  }

  @Bean
  RestClient simple() {
    return RestClient.builder().requestFactory(new SimpleClientHttpRequestFactory()).build();
  }

  @Bean
  RestClient ofInjected(@Qualifier("ownBuilder") RestClient.Builder builder) {
    return builder.build();
  }

  @Bean
  RestClient ofTemplate(@Qualifier("template") RestTemplate template) {
    return RestClient.create(template);
  }

  @Bean
  RestClient.Builder ownBuilder() {
    return RestClient.builder();
  }

  @Bean
  WebClient.Builder webClientBuilder() { // Spring Boot's backs off
    return WebClient.builder();
  }

  @Bean
  WebClient webClient(WebClient.Builder builder) {
    return builder.build();
  }

  @Bean
  WebClient createdWebClient() {
    return WebClient.create();
  }

  @Bean
  WebClient jdkWebClient(HttpClient jdk) {
    return WebClient.builder().clientConnector(new JdkClientHttpConnector(jdk)).build();
  }

  @Bean
  HttpClient jdk() {
    return HttpClient.newHttpClient();
  }

  @Bean
  HttpClientBuilder apacheBuilder() {
    return HttpClients.custom();
  }

  @Bean
  CloseableHttpClient apache(HttpClientBuilder builder) {
    return builder.build();
  }

  @Bean
  HttpAsyncClientBuilder apacheAsyncBuilder() {
    return HttpAsyncClients.custom();
  }

  @Bean
  CloseableHttpAsyncClient apacheAsync(HttpAsyncClientBuilder builder) {
    CloseableHttpAsyncClient client = builder.build();
    client.start();
    return client;
  }
}
