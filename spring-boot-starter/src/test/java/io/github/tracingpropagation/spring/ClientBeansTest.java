// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** Clients that are beans, in the ways in which applications build them. */
class ClientBeansTest {
  private static final String REQUEST_ID = "x-request-id: abc";
  private static final String HOSTS = "tracing.propagation.forward-to=127.0.0.1";

  private final Downstream ratings = Downstream.start();
  private final Log log = Log.open();

  static final class OwnTemplate extends RestTemplate {}

  static final HttpClient FOLLOWING =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Clients {
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
      return new RestTemplate(new JdkClientHttpRequestFactory(FOLLOWING));
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
          .requestFactory(new JdkClientHttpRequestFactory(FOLLOWING))
          .build();
    }

    @Bean
    WebClient jdkWebClient() {
      return WebClient.builder().clientConnector(new JdkClientHttpConnector(FOLLOWING)).build();
    }

    @Bean
    HttpClient jdk() {
      return FOLLOWING;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Exempt {
    @Bean
    @WithoutTracingPropagation
    RestTemplate template() {
      return new RestTemplate();
    }

    @Bean
    @WithoutTracingPropagation
    @org.springframework.context.annotation.Scope(
        value = "thread",
        proxyMode = ScopedProxyMode.TARGET_CLASS)
    RestTemplate scopedTemplate() {
      return new RestTemplate();
    }

    @Bean
    static CustomScopeConfigurer scopes() {
      return Clients.scopes();
    }

    @Bean
    @WithoutTracingPropagation
    RestClient client() {
      return RestClient.create();
    }

    @Bean
    @WithoutTracingPropagation
    WebClient webClient() {
      return WebClient.create();
    }

    @Bean
    CloseableHttpClient apache() {
      return HttpClients.createDefault();
    }

    @Bean
    CloseableHttpAsyncClient apacheAsync() {
      CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();
      client.start();
      return client;
    }
  }

  /** An application may need the class. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class OwnClasses {
    @Bean
    RestClient client() {
      return own(RestClient.class);
    }

    @Bean
    RestClient.Builder builder() {
      return own(RestClient.Builder.class);
    }

    @Bean
    WebClient webClient() {
      return own(WebClient.class);
    }

    @Bean
    WebClient.Builder ownWebClientBuilder() {
      return own(WebClient.Builder.class);
    }

    private static <T> T own(Class<T> type) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }
  }

  @Test
  void ownClasses_areLeftAlone() {
    try (ConfigurableApplicationContext application = start(OwnClasses.class)) {
      for (String name : List.of("client", "builder", "webClient", "ownWebClientBuilder")) {
        assertThat(application.getBean(name).getClass()).as(name).matches(Proxy::isProxyClass);
        assertThat(reasons(application).get(name)).startsWith("its class is not Spring's but ");
      }
    }
  }

  @AfterEach
  void stop() {
    log.close();
    ratings.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tracing.propagation.forward-to=any", HOSTS})
  void clients_forwardOnce(String hosts) {
    try (ConfigurableApplicationContext application = start(Clients.class, hosts)) {
      calls(application, Clients.class)
          .forEach(
              (name, call) -> {
                ratings.reset();
                call.run(ratings.uri("/1"));
                assertThat(ratings.received()).as(name).containsExactly(REQUEST_ID);
              });
      assertThat(reasons(application).values()).containsOnly("");
      assertThat(reasons(application))
          .containsKeys("template", "ownBuilder", "jdk", "apache", "apacheAsync");
    }
    assertThat(log.warnings()).isEmpty();
  }

  /** No bean starts early for the post-processors. */
  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void clients_areWrappedOnce(CapturedOutput output) {
    try (ConfigurableApplicationContext application = start(Clients.class)) {
      for (String name : application.getBeanNamesForType(RestTemplate.class)) {
        assertThat(application.getBean(name, RestTemplate.class).getInterceptors())
            .filteredOn(one -> one.getClass().getName().endsWith(".ForwardingInterceptor"))
            .as(name)
            .hasSize(1);
      }
      assertThat(application.getBean("ownTemplate")).isExactlyInstanceOf(OwnTemplate.class);
    }
    assertThat(output).contains("Started").doesNotContain("not eligible");
  }

  /** The redirect leads to a host that is not named. */
  @Test
  void rule8_redirectToAnotherHost_isNotFollowed_orReceivesNothing() {
    try (ConfigurableApplicationContext application = start(Clients.class, HOSTS)) {
      calls(application, Clients.class)
          .forEach(
              (name, call) -> {
                ratings.reset();
                ratings.redirect("/1", 302, ratings.otherHost("/2"));
                call.run(ratings.uri("/1"));
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
    try (ConfigurableApplicationContext application = start(Refused.class, HOSTS)) {
      assertThat(reasons(application))
          .contains(
              entry(
                  "apacheTemplate",
                  "its request factory, "
                      + HttpComponentsClientHttpRequestFactory.class.getName()
                      + ", may follow redirects"),
              entry("jdk", "it follows redirects"))
          .containsKeys("jdkTemplate", "ownSimple", "jdkClient", "jdkWebClient");
      calls(application, Refused.class)
          .forEach(
              (name, call) -> {
                ratings.reset();
                ratings.redirect("/1", 302, ratings.otherHost("/2"));
                call.run(ratings.uri("/1"));
                assertThat(reasons(application).get(name)).as(name).isNotEmpty();
                assertThat(ratings.received(0)).as(name).isEmpty();
                assertThat(ratings.received(1)).as(name).isEmpty();
              });
    }
    assertThat(log.warnings()).hasSize(3); // of RestTemplate and RestClient, WebClient, HttpClient
  }

  @Test
  void exemptClients_areLeftAlone() {
    try (ConfigurableApplicationContext application = start(Exempt.class)) {
      calls(application, Exempt.class)
          .forEach(
              (name, call) -> {
                ratings.reset();
                call.run(ratings.uri("/1"));
                assertThat(ratings.received()).as(name).isEmpty();
              });
      assertThat(reasons(application))
          .contains(
              entry("template", "it has @WithoutTracingPropagation"),
              entry("scopedTarget.scopedTemplate", "it has @WithoutTracingPropagation"))
          .hasEntrySatisfying("apache", reason -> assertThat(reason).contains("make its builder"))
          .hasEntrySatisfying(
              "apacheAsync", reason -> assertThat(reason).contains("make its builder"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tracing.propagation.forward-to=any", HOSTS})
  void kindsThatAreSwitchedOff_areLeftAlone(String hosts) {
    try (ConfigurableApplicationContext application =
        start(
            Clients.class,
            hosts,
            "tracing.propagation.beans.rest-template=false",
            "tracing.propagation.beans.rest-client=false",
            "tracing.propagation.beans.web-client=false",
            "tracing.propagation.beans.jdk-http-client=false",
            "tracing.propagation.beans.apache-http-client=false")) {
      calls(application, Clients.class)
          .forEach(
              (name, call) -> {
                ratings.reset();
                call.run(ratings.uri("/1"));
                assertThat(ratings.received()).as(name).isEmpty();
              });
      assertThat(reasons(application)).isEmpty();
    }
  }

  private static ConfigurableApplicationContext start(Class<?> source, String... properties) {
    return Applications.builder(source, properties)
        .properties(Applications.EMPTY_INVENTORY)
        .web(WebApplicationType.NONE)
        .run();
  }

  /** Returns why each bean does not forward, "" if it does. */
  private static Map<String, String> reasons(ConfigurableApplicationContext application) {
    Map<String, String> reasons = new HashMap<>();
    for (Inventory.Entry entry : application.getBean(Inventory.class).entries()) {
      reasons.put(entry.bean(), entry.reason() == null ? "" : entry.reason());
    }
    reasons.remove(BlockingClientConfiguration.PROPERTY);
    return reasons;
  }

  private interface Call {
    void send(URI uri) throws Exception;

    @SuppressWarnings("try") // the scope is only closed
    default void run(URI uri) {
      try (Scope scope = HeaderLines.captured(REQUEST_ID).makeCurrent()) {
        send(uri);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Returns a call with each client, by the name of the bean. */
  private static Map<String, Call> calls(
      ConfigurableApplicationContext application, Class<?> source) {
    Map<String, Call> calls = new HashMap<>();
    for (String name :
        Stream.of(source.getDeclaredMethods())
            .map(Method::getName)
            .filter(application::containsBean)
            .toList()) {
      Object bean = application.getBean(name);
      if (bean instanceof RestTemplate template) {
        calls.put(name, uri -> template.getForEntity(uri, String.class));
      } else if (bean instanceof RestTemplateBuilder builder) {
        calls.put(name, uri -> builder.build().getForEntity(uri, String.class));
      } else if (bean instanceof RestClient client) {
        calls.put(name, uri -> client.get().uri(uri).retrieve().toBodilessEntity());
      } else if (bean instanceof RestClient.Builder builder) {
        calls.put(name, uri -> builder.build().get().uri(uri).retrieve().toBodilessEntity());
      } else if (bean instanceof WebClient client) {
        calls.put(name, uri -> client.get().uri(uri).retrieve().toBodilessEntity().block());
      } else if (bean instanceof WebClient.Builder builder) {
        calls.put(
            name, uri -> builder.build().get().uri(uri).retrieve().toBodilessEntity().block());
      } else if (bean instanceof HttpClient client) {
        calls.put(
            name,
            uri -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()));
      } else if (bean instanceof CloseableHttpClient client) {
        calls.put(name, uri -> client.execute(new HttpGet(uri), response -> null));
      } else if (bean instanceof CloseableHttpAsyncClient client) {
        calls.put(
            name,
            uri -> client.execute(SimpleRequestBuilder.get(uri).build(), null).get(30, SECONDS));
      }
    }
    assertThat(calls).isNotEmpty();
    return calls;
  }
}
