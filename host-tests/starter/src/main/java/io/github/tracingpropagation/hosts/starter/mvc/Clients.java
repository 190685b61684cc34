// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import reactor.core.publisher.Mono;

/** Calls {@code ${downstream}/ID} with a client of each kind, on each library that it can have. */
@Component
class Clients {
  private static final Logger LOGGER = LoggerFactory.getLogger(Clients.class);

  private final Map<String, UnaryOperator<String>> clients = new LinkedHashMap<>();
  private final Map<String, WebClient> webClients = new LinkedHashMap<>();
  private final String downstream;

  Clients(
      @Value("${downstream}") String downstream,
      ObjectProvider<RestClient.Builder> restClient,
      RestTemplates restTemplates,
      ObjectProvider<WebClient.Builder> webClient,
      Ratings ratings,
      FeignRatings feign) {
    this.downstream = downstream;
    add("rest-client", restClient.getObject().build());
    add("rest-template", restTemplates.build(Optional.empty()));
    factories()
        .forEach(
            (name, factory) -> {
              RestClient.Builder builder = restClient.getObject();
              add("rest-client-" + name, builder.requestFactory(factory.build()).build());
              add("rest-template-" + name, restTemplates.build(Optional.of(factory)));
            });
    add("web-client", webClient.getObject().build());
    connectors()
        .forEach(
            (name, connector) ->
                add(
                    "web-client-" + name,
                    webClient.getObject().clientConnector(connector.build()).build()));
    clients.put("http-interface", ratings::get);
    WebClientAdapter adapter =
        WebClientAdapter.create(webClient.getObject().baseUrl(downstream).build());
    clients.put(
        "http-interface-web-client",
        HttpServiceProxyFactory.builderFor(adapter).build().createClient(Ratings.class)::get);
    clients.put("feign", feign::get);
  }

  private static Map<String, ClientHttpRequestFactoryBuilder<?>> factories() {
    return Map.of(
        "jdk", ClientHttpRequestFactoryBuilder.jdk(),
        "http-components", ClientHttpRequestFactoryBuilder.httpComponents(),
        "jetty", ClientHttpRequestFactoryBuilder.jetty(),
        "reactor", ClientHttpRequestFactoryBuilder.reactor(),
        "simple", ClientHttpRequestFactoryBuilder.simple());
  }

  private static Map<String, ClientHttpConnectorBuilder<?>> connectors() {
    return Map.of(
        "jdk", ClientHttpConnectorBuilder.jdk(),
        "http-components", ClientHttpConnectorBuilder.httpComponents(),
        "jetty", ClientHttpConnectorBuilder.jetty(),
        "reactor", ClientHttpConnectorBuilder.reactor());
  }

  private void add(String name, RestClient client) {
    clients.put(
        name, id -> client.get().uri(downstream + "/{id}", id).retrieve().body(String.class));
  }

  private void add(String name, RestTemplate client) {
    clients.put(name, id -> client.getForObject(downstream + "/{id}", String.class, id));
  }

  private void add(String name, WebClient client) {
    webClients.put(name, client);
    clients.put(name, id -> mono(name, id).block());
  }

  String call(String client, String id) {
    LOGGER.info("calls {}", id);
    return clients.get(client).apply(id);
  }

  /** Returns a call with a {@code WebClient}. */
  Mono<String> mono(String client, String id) {
    return webClients
        .get(client)
        .get()
        .uri(downstream + "/{id}", id)
        .retrieve()
        .bodyToMono(String.class);
  }

  /** Returns a call that is made when another one was answered, on the other one's thread. */
  Mono<String> second(String client, String id) {
    return mono(client, "first").flatMap(answer -> mono(client, id));
  }

  Map<String, ?> all() {
    return clients;
  }
}
