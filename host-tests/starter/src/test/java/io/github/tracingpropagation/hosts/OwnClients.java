// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import feign.Feign;
import feign.Param;
import feign.RequestLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** An application whose clients are beans that Spring Boot does not build. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({SpringBoots.Own.class, OwnClients.Calls.class})
class OwnClients {

  @Bean
  RestTemplate template() {
    return new RestTemplate();
  }

  @Bean
  @Lazy
  RestTemplate subclass() {
    return new RestTemplate() {};
  }

  /** As {@code @RefreshScope}, which is a scope of this kind. */
  @Bean
  @Scope(value = "application", proxyMode = ScopedProxyMode.TARGET_CLASS)
  RestTemplate scoped() {
    return new RestTemplate();
  }

  @Bean
  FactoryBean<RestTemplate> product() {
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
  RestTemplate overApache(@Qualifier("apache") CloseableHttpClient apache) {
    return new RestTemplate(new HttpComponentsClientHttpRequestFactory(apache));
  }

  @Bean
  RestClient restClient() {
    return RestClient.create();
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
  BalancedApplication.Ratings httpInterface(
      @Qualifier("restClient") RestClient client, @Value("${downstream}") String uri) {
    return HttpServiceProxyFactory.builderFor(
            RestClientAdapter.create(client.mutate().baseUrl(uri).build()))
        .build()
        .createClient(BalancedApplication.Ratings.class);
  }

  /** Spring Boot's bean, which has another scope, backs off. */
  @Bean
  WebClient.Builder webClientBuilder() {
    return WebClient.builder();
  }

  @Bean
  WebClient webClient(WebClient.Builder builder) {
    return builder.build();
  }

  @Bean
  WebClient webClientOverJdk(HttpClient jdk) {
    return WebClient.builder().clientConnector(new JdkClientHttpConnector(jdk)).build();
  }

  @Bean
  OkHttpClient okHttp() {
    return new OkHttpClient();
  }

  @Bean
  HttpClient jdk() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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

  @Bean
  Feign.Builder feignBuilder() {
    return Feign.builder();
  }

  interface FeignRatings {
    @RequestLine("GET /{id}")
    String get(@Param("id") String id);
  }

  interface Call {
    String get(String id) throws Exception;
  }

  /** Calls on the request's thread. */
  @RestController
  static class Calls {
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final BeanFactory beans;
    private final String uri;

    Calls(BeanFactory beans, @Value("${downstream}") String downstream) {
      this.beans = beans;
      this.uri = downstream + "/{id}";
      for (String name : Set.of("template", "subclass", "scoped", "product", "overApache")) {
        add(beans.getBean(name, RestTemplate.class), name);
      }
      add(SpringBoots.Own.built(beans), "ownTemplateBuilder");
      for (String name : Set.of("restClient", "ofTemplate")) {
        add(beans.getBean(name, RestClient.class), name);
      }
      add(beans.getBean("ownBuilder", RestClient.Builder.class).build(), "ownBuilder");
      calls.put(
          "httpInterface",
          beans.getBean("httpInterface", BalancedApplication.Ratings.class)::get);
      for (String name : Set.of("webClient", "webClientOverJdk")) {
        add(beans.getBean(name, WebClient.class), name);
      }
      add(beans.getBean(WebClient.Builder.class).build(), "webClientBuilder");
      calls.put("okHttp", this::okHttp);
      calls.put("jdk", this::jdk);
      calls.put("apache", this::apache);
      calls.put("apacheAsync", this::apacheAsync);
      calls.put(
          "feignBuilder",
          beans.getBean(Feign.Builder.class).target(FeignRatings.class, downstream)::get);
    }

    private void add(RestTemplate client, String name) {
      calls.put(name, id -> client.getForObject(uri, String.class, id));
    }

    private void add(RestClient client, String name) {
      calls.put(name, id -> client.get().uri(uri, id).retrieve().body(String.class));
    }

    private void add(WebClient client, String name) {
      calls.put(name, id -> client.get().uri(uri, id).retrieve().bodyToMono(String.class).block());
    }

    private String okHttp(String id) throws IOException {
      Request request = new Request.Builder().url(uri.replace("{id}", id)).build();
      try (Response response = beans.getBean(OkHttpClient.class).newCall(request).execute()) {
        return response.body().string();
      }
    }

    private String jdk(String id) throws IOException, InterruptedException {
      HttpRequest request = HttpRequest.newBuilder(URI.create(uri.replace("{id}", id))).build();
      return beans.getBean(HttpClient.class).send(request, BodyHandlers.ofString()).body();
    }

    private String apache(String id) throws IOException {
      return beans
          .getBean(CloseableHttpClient.class)
          .execute(
              new HttpGet(uri.replace("{id}", id)),
              response -> EntityUtils.toString(response.getEntity()));
    }

    private String apacheAsync(String id) throws Exception {
      return beans
          .getBean(CloseableHttpAsyncClient.class)
          .execute(SimpleHttpRequest.create("GET", uri.replace("{id}", id)), null)
          .get()
          .getBodyText();
    }

    @GetMapping("/clients")
    Set<String> clients() {
      return calls.keySet();
    }

    @GetMapping("/plain/{client}")
    String call(@PathVariable("client") String client, @RequestParam("id") String id)
        throws Exception {
      return calls.get(client).get(id);
    }
  }
}
