// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.timelimiter.annotation.TimeLimiter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** A servlet application that calls through circuit breakers, time limiters and bulkheads. */
@EnableAutoConfiguration
@EnableAsync
@EnableFeignClients(clients = {Resilient.Ratings.class, Resilient.Broken.class})
@Import({Resilient.Calls.class, Resilient.Fallback.class, Resilient.Endpoints.class})
class Resilient {

  @FeignClient(name = "ratings", url = "${downstream}")
  interface Ratings {
    @GetMapping("/{id}")
    String get(@PathVariable("id") String id);
  }

  /** Nothing listens there. */
  @FeignClient(name = "broken", url = "http://127.0.0.1:1", fallback = Fallback.class)
  interface Broken {
    @GetMapping("/{id}")
    String get(@PathVariable("id") String id);
  }

  static class Fallback implements Broken {
    private final Calls calls;

    Fallback(Calls calls) {
      this.calls = calls;
    }

    @Override
    public String get(String id) {
      return calls.call(id);
    }
  }

  /** Calls the service. */
  static class Calls {
    private final RestClient client;
    private final WebClient webClient;

    Calls(
        RestClient.Builder builder,
        WebClient.Builder webClient,
        @Value("${downstream}") String downstream) {
      client = builder.baseUrl(downstream).build();
      this.webClient = webClient.baseUrl(downstream).build();
    }

    String call(String id) {
      return client.get().uri("/{id}", id).retrieve().body(String.class);
    }

    Mono<String> mono(String id) {
      return webClient.get().uri("/{id}", id).retrieve().bodyToMono(String.class);
    }

    CompletableFuture<String> now(String id) {
      return CompletableFuture.completedFuture(call(id));
    }

    private CompletableFuture<String> instead(String id, Throwable failure) {
      return now(id);
    }

    @CircuitBreaker(name = "blocking")
    public String blocking(String id) {
      return call(id);
    }

    @CircuitBreaker(name = "failing", fallbackMethod = "recover")
    public String failing(String id) {
      throw new IllegalStateException();
    }

    private String recover(String id, Throwable failure) {
      return call(id);
    }

    /** Fails on a thread that has no context. */
    @CircuitBreaker(name = "failing-later", fallbackMethod = "instead")
    public CompletableFuture<String> failingLater(String id) {
      return CompletableFuture.supplyAsync(
          () -> {
            throw new IllegalStateException();
          });
    }

    @Bulkhead(name = "semaphore")
    public String semaphore(String id) {
      return call(id);
    }

    @Bulkhead(name = "pool", type = Bulkhead.Type.THREADPOOL)
    public CompletableFuture<String> pool(String id) {
      return now(id);
    }

    @TimeLimiter(name = "long")
    @Bulkhead(name = "limited", type = Bulkhead.Type.THREADPOOL)
    public CompletableFuture<String> limited(String id) {
      return now(id);
    }

    @TimeLimiter(name = "short", fallbackMethod = "instead")
    public CompletableFuture<String> timingOut(String id) {
      return new CompletableFuture<>();
    }

    /** The attempts after the first one are on a thread of Resilience4j. */
    @Retry(name = "retries")
    public CompletionStage<String> retried(String id) {
      try {
        return now("500-" + id);
      } catch (RestClientException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Async
    @CircuitBreaker(name = "async")
    public CompletableFuture<String> async(String id) {
      return now(id);
    }
  }

  @RestController
  static class Endpoints {
    private final Calls calls;
    private final Ratings ratings;
    private final Broken broken;
    private final Resilience4JCircuitBreakerFactory factory;
    private final ReactiveCircuitBreakerFactory<?, ?> reactive;
    private final ThreadPoolBulkheadRegistry bulkheads;

    Endpoints(
        Calls calls,
        Ratings ratings,
        Broken broken,
        Resilience4JCircuitBreakerFactory factory,
        ReactiveCircuitBreakerFactory<?, ?> reactive,
        ThreadPoolBulkheadRegistry bulkheads) {
      this.calls = calls;
      this.ratings = ratings;
      this.broken = broken;
      this.factory = factory;
      this.reactive = reactive;
      this.bulkheads = bulkheads;
    }

    @GetMapping("/clients")
    List<String> clients() {
      return List.of("rest-client");
    }

    @GetMapping("/{way}/{client}")
    Object call(@PathVariable("way") String way, @RequestParam("id") String id) {
      return switch (way) {
        case "run" -> factory.create("run").run(() -> calls.call(id));
        case "run-in-group" -> factory.create("grouped", "group").run(() -> calls.call(id));
        case "run-fallback" ->
            factory
                .create("fallback")
                .run(
                    () -> {
                      throw new IllegalStateException();
                    },
                    failure -> calls.call(id));
        case "run-reactive" -> reactive.create("reactive").run(calls.mono(id));
        case "run-reactive-fallback" ->
            reactive
                .create("reactive-fallback")
                .run(Mono.<String>error(new IllegalStateException()), failure -> calls.mono(id));
        case "run-reactive-time-out" ->
            reactive.create("time-out").run(Mono.<String>never(), failure -> calls.mono(id));
        case "feign" -> ratings.get(id);
        case "feign-fallback" -> broken.get(id);
        case "blocking" -> calls.blocking(id);
        case "failing" -> calls.failing(id);
        case "failing-later" -> calls.failingLater(id);
        case "semaphore" -> calls.semaphore(id);
        case "pool" -> calls.pool(id);
        case "limited" -> calls.limited(id);
        case "timing-out" -> calls.timingOut(id);
        case "retried" -> calls.retried(id);
        case "async" -> calls.async(id);
        case "registry" -> bulkheads.bulkhead("own").executeSupplier(() -> calls.call(id));
        default -> throw new IllegalArgumentException(way);
      };
    }
  }
}
