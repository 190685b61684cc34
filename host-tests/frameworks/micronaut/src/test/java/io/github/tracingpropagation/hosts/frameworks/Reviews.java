// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import io.github.tracingpropagation.CapturedHeaders;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The application under test; {@code Parked} has what requests wait for. */
@Controller(produces = MediaType.TEXT_PLAIN, consumes = MediaType.ALL)
class Reviews {
  private final HttpClient client;
  private final URI ratings;
  private final Parked parked;

  Reviews(@Client("/") HttpClient client, URI ratings, Parked parked) {
    this.client = client;
    this.ratings = ratings;
    this.parked = parked;
  }

  @Get("/calls")
  Mono<String> calls() {
    return call("/id").flatMap(a -> call("/id").map(b -> a + "," + b));
  }

  @Get("/delay")
  Mono<String> delay() {
    return Mono.delay(Duration.ofMillis(5)).flatMap(any -> calls());
  }

  @Get("/future")
  CompletableFuture<String> future() {
    return call("/id").toFuture().thenCompose(a -> call("/id").map(b -> a + "," + b).toFuture());
  }

  @Get("/blocking")
  @ExecuteOn(TaskExecutors.BLOCKING)
  String blocking() {
    return block(HttpRequest.GET(ratings + "/id")) + "," + block(HttpRequest.GET(ratings + "/id"));
  }

  @Get("/own-thread")
  CompletableFuture<String> ownThread() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    new Thread(() -> call("/id").subscribe(answer::complete, answer::completeExceptionally))
        .start();
    return answer;
  }

  @Get("/away")
  @ExecuteOn(TaskExecutors.BLOCKING)
  String away() {
    HttpResponse<String> response =
        client.toBlocking().exchange(HttpRequest.GET(ratings + "/away"), String.class);
    return response.code() + response.getBody().orElseGet(() -> response.header("location"));
  }

  @Get("/host")
  @ExecuteOn(TaskExecutors.BLOCKING)
  String host() {
    return block(HttpRequest.GET(ratings + "/id").header("host", "localhost"));
  }

  @Get("/foreign")
  @ExecuteOn(TaskExecutors.BLOCKING)
  String foreign() {
    String foreign = ratings.toString().replace("127.0.0.1", "localhost");
    return block(HttpRequest.GET(foreign + "/id").header("host", "127.0.0.1"));
  }

  @Get("/nothing")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @SuppressWarnings("try") // a scope is only there to be closed
  String nothing() {
    try (Scope block = CapturedHeaders.empty().makeCurrent()) {
      return block(HttpRequest.GET(ratings + "/id"));
    }
  }

  @Get("/parked")
  Publisher<String> parked() {
    return parked.add(parked.chain().flatMap(any -> call("/id")));
  }

  @Get("/parked-cached")
  Publisher<String> parkedCached() {
    return parked.add(parked.cached().flatMap(any -> call("/id")));
  }

  @Get("/parked-own")
  Publisher<String> parkedOwn() {
    Mono<String> shared = parked.cached();
    // docs: micronaut own context
    PropagatedContext own = PropagatedContext.getOrEmpty();
    Mono<String> reviews = shared.flatMap(value -> own.propagate(() -> call("/id")));
    // docs: end
    return parked.add(reviews);
  }

  @Get("/complete")
  String complete() {
    parked.complete();
    return "completed";
  }

  private Mono<String> call(String path) {
    return Mono.from(client.retrieve(HttpRequest.GET(ratings + path)));
  }

  private String block(HttpRequest<?> request) {
    return client.toBlocking().retrieve(request);
  }
}
