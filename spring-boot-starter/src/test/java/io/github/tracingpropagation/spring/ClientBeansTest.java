// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.ClientApplication.HOSTS;
import static io.github.tracingpropagation.spring.ClientApplication.REQUEST_ID;
import static io.github.tracingpropagation.spring.ClientApplication.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.Log;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** Clients that are beans, in the ways in which applications build them. */
class ClientBeansTest {
  private final Downstream ratings = Downstream.start();
  private final Log log = Log.open();

  /** Each follows redirects, if the host of the redirect decides nothing. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Refused {
    @Bean
    RestTemplate apacheTemplate() {
      return new RestTemplate(new HttpComponentsClientHttpRequestFactory());
    }

    @Bean
    RestTemplate jdkTemplate() {
      return new RestTemplate(new JdkClientHttpRequestFactory(following()));
    }

    @Bean
    RestTemplate ownSimple() {
      return new RestTemplate(new SimpleClientHttpRequestFactory() {});
    }

    @Bean
    RestTemplateBuilder ownTemplateBuilder() {
      return new RestTemplateBuilder();
    }

    @Bean
    RestClient jdkClient() {
      return RestClient.builder()
          .requestFactory(new JdkClientHttpRequestFactory(following()))
          .build();
    }

    @Bean
    WebClient jdkWebClient() {
      return WebClient.builder().clientConnector(new JdkClientHttpConnector(following())).build();
    }

    @Bean
    HttpClient jdk() {
      return following();
    }
  }

  /** Returns a new one: since JDK 21, an application closes those that are its beans. */
  static HttpClient following() {
    return HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
  }

  @AfterEach
  void stop() {
    log.close();
    ratings.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tracing.propagation.forward-to=any", HOSTS})
  void clients_forwardOnce(String hosts) {
    try (ClientApplication application = start(OwnClients.class, hosts)) {
      application.callWithEach(
          ratings, name -> assertThat(ratings.received()).as(name).containsExactly(REQUEST_ID));
      assertThat(application.reasons().values()).containsOnly("");
      assertThat(application.reasons())
          .containsKeys("template", "ownBuilder", "jdk", "apache", "apacheAsync");
    }
    assertThat(log.warnings()).isEmpty();
  }

  /** No bean starts early for the post-processors. */
  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void clients_areWrappedOnce(CapturedOutput output) {
    try (ClientApplication application = start(OwnClients.class)) {
      for (String name : application.context().getBeanNamesForType(RestTemplate.class)) {
        assertThat(application.context().getBean(name, RestTemplate.class).getInterceptors())
            .filteredOn(one -> one.getClass().getName().endsWith(".ForwardingInterceptor"))
            .as(name)
            .hasSize(1);
      }
      assertThat(application.context().getBean("ownTemplate"))
          .isExactlyInstanceOf(OwnClients.OwnTemplate.class);
    }
    assertThat(output).contains("Started").doesNotContain("not eligible");
  }

  /** The redirect leads to a host that is not named. */
  @Test
  void rule8_redirectToAnotherHost_isNotFollowed_orReceivesNothing() {
    try (ClientApplication application = start(OwnClients.class, HOSTS)) {
      application.callWithEachAndRedirect(
          ratings,
          name -> {
            assertThat(ratings.received(0)).as(name).containsExactly(REQUEST_ID);
            if (name.startsWith("apache")) { // which checks each hop
              assertThat(ratings.received(1)).isEmpty();
            } else {
              assertThat(ratings.hops()).as(name).containsExactly("127.0.0.1/1");
            }
          });
    }
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void rule8_clientsThatFollow_forwardNothing_andSaySo() {
    try (ClientApplication application = start(Refused.class, HOSTS)) {
      assertThat(application.reasons())
          .contains(
              entry(
                  "apacheTemplate",
                  "its request factory, "
                      + HttpComponentsClientHttpRequestFactory.class.getName()
                      + ", may follow redirects"),
              entry("jdk", "it follows redirects"))
          .containsKeys("jdkTemplate", "ownSimple", "jdkClient", "jdkWebClient");
      application.callWithEachAndRedirect(
          ratings,
          name -> {
            assertThat(application.reasons().get(name)).as(name).isNotEmpty();
            assertThat(ratings.received(0)).as(name).isEmpty();
            assertThat(ratings.received(1)).as(name).isEmpty();
          });
    }
    assertThat(log.warnings()).hasSize(3); // of RestTemplate and RestClient, WebClient, HttpClient
  }
}
