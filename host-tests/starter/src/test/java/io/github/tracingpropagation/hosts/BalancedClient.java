// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import feign.FeignException;
import java.util.function.Consumer;
import org.springframework.cloud.openfeign.FeignClientBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** The clients of {@link BalancedApplication}. */
enum BalancedClient {
  REST_TEMPLATE,
  OWN_REST_TEMPLATE,
  OWN_REST_TEMPLATE_BUILDER,
  REST_CLIENT,
  OWN_REST_CLIENT,
  WEB_CLIENT,
  OWN_WEB_CLIENT,
  HTTP_INTERFACE,
  FEIGN;

  /** Returns a call of {@code http://SERVICE/ID}. */
  Consumer<String> of(ApplicationContext beans, String service) {
    String uri = "http://" + service + "/{id}";
    return switch (this) {
      case REST_TEMPLATE, OWN_REST_TEMPLATE -> call(beans.getBean(name(), RestTemplate.class), uri);
      case OWN_REST_TEMPLATE_BUILDER -> call(SpringBoots.Own.built(beans), uri);
      case REST_CLIENT, OWN_REST_CLIENT ->
          call(beans.getBean(name(), RestClient.Builder.class).clone().build(), uri);
      case WEB_CLIENT, OWN_WEB_CLIENT ->
          call(beans.getBean(name(), WebClient.Builder.class).clone().build(), uri);
      case HTTP_INTERFACE -> SpringBoots.httpInterface(beans, service)::get;
      case FEIGN ->
          call(
              new FeignClientBuilder(beans)
                  .forType(BalancedApplication.Ratings.class, service)
                  .build());
    };
  }

  /** Returns whether it forwards once hosts are named. */
  boolean served() {
    return this != OWN_REST_TEMPLATE_BUILDER;
  }

  private static Consumer<String> call(RestTemplate client, String uri) {
    return id -> client.getForObject(uri, String.class, id);
  }

  private static Consumer<String> call(RestClient client, String uri) {
    return id -> client.get().uri(uri, id).retrieve().body(String.class);
  }

  private static Consumer<String> call(WebClient client, String uri) {
    return id -> client.get().uri(uri, id).retrieve().bodyToMono(String.class).block();
  }

  private static Consumer<String> call(BalancedApplication.Ratings client) {
    return id -> {
      try {
        client.get(id);
      } catch (FeignException e) {
        if (e.status() != 302) { // which is no failure for the other clients
          throw e;
        }
      }
    };
  }
}
