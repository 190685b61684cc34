// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.webflux;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Calls {@code ${downstream}/ID} with {@code WebClient} on each library that it can have. */
@Component
class ReactiveClients {
  private final Map<String, Function<String, Mono<String>>> clients = new LinkedHashMap<>();
  private final String downstream;

  ReactiveClients(
      @Value("${downstream}") String downstream,
      ObjectProvider<WebClient.Builder> builder,
      ObjectProvider<RestClient.Builder> restClient) {
    this.downstream = downstream;
    add("web-client", builder.getObject().build());
    add("web-client-jdk", builder, ClientHttpConnectorBuilder.jdk().build());
    add("web-client-http-components", builder, ClientHttpConnectorBuilder.httpComponents().build());
    add("web-client-jetty", builder, ClientHttpConnectorBuilder.jetty().build());
    add("web-client-reactor", builder, ClientHttpConnectorBuilder.reactor().build());
    // Spring Boot 3 has no builder of RestClient in a reactive application.
    restClient.ifAvailable(blocking -> add("rest-client", blocking.build()));
  }

  private void add(
      String name, ObjectProvider<WebClient.Builder> builder, ClientHttpConnector connector) {
    add(name, builder.getObject().clientConnector(connector).build());
  }

  private void add(String name, WebClient client) {
    clients.put(
        name, id -> client.get().uri(downstream + "/{id}", id).retrieve().bodyToMono(String.class));
  }

  private void add(String name, RestClient client) {
    clients.put(
        name,
        id ->
            Mono.fromCallable(
                () -> client.get().uri(downstream + "/{id}", id).retrieve().body(String.class)));
  }

  Mono<String> call(String client, String id) {
    return clients.get(client).apply(id);
  }

  Set<String> names() {
    return clients.keySet();
  }
}
