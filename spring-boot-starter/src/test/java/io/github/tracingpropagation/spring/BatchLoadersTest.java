// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.DataFetchingEnvironment;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Batch loaders of Spring for GraphQL that call with a blocking client. */
class BatchLoadersTest {
  private static final String QUERY = "{\"query\": \"{ books { mapped loaded wrapped } }\"}";

  private final Downstream ratings = Downstream.start();

  @EnableAutoConfiguration
  @Import(Books.class)
  static class Application {}

  record Book(String id) {}

  @Controller
  static class Books {
    private final RestClient client;

    Books(
        @Value("${ratings}") String uri, RestClient.Builder client, BatchLoaderRegistry registry) {
      this.client = client.baseUrl(uri).build();
      registry
          .<String, String>forName("loaded")
          .registerBatchLoader(
              (paths, environment) ->
                  Flux.fromIterable(paths)
                      .flatMapSequential(
                          path ->
                              Mono.fromCallable(() -> rating(path))
                                  .subscribeOn(Schedulers.boundedElastic())));
      // docs: batch loader
      registry
          .<String, String>forName("wrapped")
          .registerBatchLoader(
              (paths, environment) -> {
                Function<String, String> ratings = Context.current().wrapFunction(this::rating);
                return Flux.fromIterable(paths)
                    .flatMapSequential(
                        path ->
                            Mono.fromCallable(() -> ratings.apply(path))
                                .subscribeOn(Schedulers.boundedElastic()));
              });
      // docs: end
    }

    private String rating(String path) {
      return client.get().uri(path).retrieve().toBodilessEntity().getStatusCode().toString();
    }

    @QueryMapping
    List<Book> books() {
      return List.of(new Book("1"), new Book("2"));
    }

    @BatchMapping(typeName = "Book")
    List<String> mapped(List<Book> books) {
      return books.stream().map(book -> rating("/mapped/" + book.id())).toList();
    }

    @SchemaMapping(typeName = "Book")
    CompletableFuture<String> loaded(Book book, DataFetchingEnvironment environment) {
      return load("loaded", book, environment);
    }

    @SchemaMapping(typeName = "Book")
    CompletableFuture<String> wrapped(Book book, DataFetchingEnvironment environment) {
      return load("wrapped", book, environment);
    }
  }

  private static CompletableFuture<String> load(
      String field, Book book, DataFetchingEnvironment environment) {
    DataLoader<String, String> loader = environment.getDataLoader(field);
    return requireNonNull(loader).load("/" + field + "/" + book.id());
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void rule11_loaderOnAnotherThread_forwardsTheRequestsHeadersIfItIsWrapped() throws Exception {
    assertThat(query("limited", "x-request-id", "1"))
        .isEqualTo(Map.of("mapped", "1", "loaded", "none", "wrapped", "1"));
    assertThat(query("limited", "accept", "*/*"))
        .isEqualTo(Map.of("mapped", "none", "loaded", "none", "wrapped", "none"));
    Docs.assertShows("batch loader", BatchLoadersTest.class);
  }

  @Test
  void rule11_automaticPropagation_forwardsTheRequestsHeaders() throws Exception {
    try {
      assertThat(query("auto", "x-request-id", "1"))
          .isEqualTo(Map.of("mapped", "1", "loaded", "1", "wrapped", "1"));
    } finally {
      Hooks.disableAutomaticContextPropagation(); // of the JVM
    }
  }

  /** Sends a request with a header; returns by field the request id that its calls forward. */
  private Map<String, String> query(String propagation, String header, String value)
      throws Exception {
    ratings.reset();
    try (ConfigurableApplicationContext application =
        Applications.builder(
                Application.class,
                "ratings=" + ratings.uri(""),
                "spring.graphql.schema.locations=classpath:batch-loaders/",
                "spring.reactor.context-propagation=" + propagation)
            .web(WebApplicationType.SERVLET)
            .run()) {
      String port = application.getEnvironment().getRequiredProperty("local.server.port");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
              .header("content-type", "application/json")
              .header(header, value)
              .POST(HttpRequest.BodyPublishers.ofString(QUERY))
              .build();
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.body()).doesNotContain("errors");
    }
    Map<String, String> forwarded = new TreeMap<>();
    for (int call = 0; call < ratings.hops().size(); call++) {
      String field = ratings.hops().get(call).split("/", -1)[1];
      List<String> lines = ratings.received(call);
      String id = lines.isEmpty() ? "none" : HeaderLines.value(lines.get(0));
      assertThat(forwarded.merge(field, id, (one, other) -> one.equals(other) ? one : "differ"))
          .isEqualTo(id);
    }
    return forwarded;
  }
}
