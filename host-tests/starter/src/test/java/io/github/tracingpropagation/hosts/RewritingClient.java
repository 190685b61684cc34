// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import feign.Capability;
import feign.Client;
import feign.Request;
import feign.RequestInterceptor;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.springframework.cloud.openfeign.FeignClientBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/** Clients of Spring Boot and Spring Cloud in which code of the application changes the host. */
enum RewritingClient {
  REST_TEMPLATE_FIRST {
    @Override
    Consumer<String> of(ApplicationContext beans, String uri, String other) {
      RestTemplate client = SpringBoots.restTemplate(beans);
      client.getInterceptors().add(0, interceptor(other));
      return id -> client.getForObject(uri, String.class, id);
    }
  },
  REST_TEMPLATE_LAST {
    @Override
    Consumer<String> of(ApplicationContext beans, String uri, String other) {
      RestTemplate client = SpringBoots.restTemplate(beans);
      client.getInterceptors().add(interceptor(other));
      return id -> client.getForObject(uri, String.class, id);
    }
  },
  REST_CLIENT_FIRST {
    @Override
    Consumer<String> of(ApplicationContext beans, String uri, String other) {
      RestClient client =
          SpringBoots.restClient(beans)
              .requestInterceptors(all -> all.add(0, interceptor(other)))
              .build();
      return id -> client.get().uri(uri, id).retrieve().body(String.class);
    }
  },
  REST_CLIENT_LAST {
    @Override
    Consumer<String> of(ApplicationContext beans, String uri, String other) {
      RestClient client =
          SpringBoots.restClient(beans).requestInterceptor(interceptor(other)).build();
      return id -> client.get().uri(uri, id).retrieve().body(String.class);
    }
  },
  WEB_CLIENT_FIRST {
    @Override
    Consumer<String> of(ApplicationContext beans, String uri, String other) {
      WebClient client =
          SpringBoots.webClient(beans).filters(all -> all.add(0, filter(other))).build();
      return id -> client.get().uri(uri, id).retrieve().bodyToMono(String.class).block();
    }
  },
  WEB_CLIENT_LAST {
    @Override
    Consumer<String> of(ApplicationContext beans, String uri, String other) {
      WebClient client = SpringBoots.webClient(beans).filter(filter(other)).build();
      return id -> client.get().uri(uri, id).retrieve().bodyToMono(String.class).block();
    }
  },
  FEIGN_REQUEST_INTERCEPTOR {
    @Override
    Consumer<String> of(ApplicationContext beans, String uri, String other) {
      RequestInterceptor interceptor = template -> template.target(base(other));
      return feign(beans, uri)
          .customize(builder -> builder.requestInterceptor(interceptor))
          .build()
          ::get;
    }
  },
  FEIGN_CAPABILITY {
    @Override
    Consumer<String> of(ApplicationContext beans, String uri, String other) {
      return feign(beans, uri)
          .customize(builder -> builder.addCapability(new Rewriting(base(other))))
          .build()
          ::get;
    }
  },
  FEIGN_CLIENT {
    @Override
    Consumer<String> of(ApplicationContext beans, String uri, String other) {
      Client client = new Rewriting(base(other)).enrich(new Client.Default(null, null));
      return feign(beans, uri).customize(builder -> builder.client(client)).build()::get;
    }
  };

  /** Returns a call of one URI that is sent to another one. */
  abstract Consumer<String> of(ApplicationContext beans, String uri, String other);

  /** Feign calls it by reflection. */
  public record Rewriting(String base) implements Capability {
    @Override
    public Client enrich(Client client) {
      return (request, options) ->
          client.execute(
              Request.create(
                  request.httpMethod(),
                  base + URI.create(request.url()).getPath(),
                  new LinkedHashMap<>(request.headers()), // to which a tracer adds
                  request.body(),
                  request.charset(),
                  request.requestTemplate()),
              options);
    }
  }

  private static ClientHttpRequestInterceptor interceptor(String other) {
    return (request, body, execution) ->
        execution.execute(
            new HttpRequestWrapper(request) {
              @Override
              public URI getURI() {
                return URI.create(base(other) + request.getURI().getPath());
              }
            },
            body);
  }

  private static ExchangeFilterFunction filter(String other) {
    return (request, next) ->
        next.exchange(
            ClientRequest.from(request)
                .url(URI.create(base(other) + request.url().getPath()))
                .build());
  }

  static Consumer<String> feignWithHost(ApplicationContext beans, String uri, String host) {
    RequestInterceptor interceptor = template -> template.header("Host", host);
    return feign(beans, uri)
        .customize(builder -> builder.requestInterceptor(interceptor))
        .build()
        ::get;
  }

  private static FeignClientBuilder.Builder<BalancedApplication.Ratings> feign(
      ApplicationContext beans, String uri) {
    return new FeignClientBuilder(beans)
        .forType(BalancedApplication.Ratings.class, "ratings")
        .url(base(uri));
  }

  private static String base(String uri) {
    return uri.replace("/{id}", "");
  }
}
