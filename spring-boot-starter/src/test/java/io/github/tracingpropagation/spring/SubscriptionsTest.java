// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * A chain of Reactor forwards the headers of the thread that subscribes to it, also where other
 * threads run its parts, without {@code spring.reactor.context-propagation=auto}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // a scope is only closed
class SubscriptionsTest {
  private static final Context REQUEST =
      HeaderLines.captured("x-request-id: mine").storeInContext(Context.root());
  private static final Context WITHOUT_HEADERS = Context.root().with(CapturedHeaders.empty());
  private static final Context ANOTHER =
      HeaderLines.captured("x-request-id: another's").storeInContext(Context.root());
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Downstream downstream = Downstream.start();
  private final ConfigurableApplicationContext application = Applications.start(null);
  private final WebClient client = application.getBean(WebClient.Builder.class).build();

  @AfterAll
  void stop() {
    application.close();
    downstream.close();
  }

  @BeforeEach
  void forgetRequests() {
    downstream.reset();
  }

  private Mono<String> call() {
    return client.get().uri(downstream.uri("/call")).retrieve().bodyToMono(String.class);
  }

  /** A chain that the thread which subscribes waits for. */
  private enum Chain {
    RETRY(3) {
      @Override
      Mono<?> of(SubscriptionsTest test) {
        return test.call().retry(3);
      }
    },
    RETRY_LATER(3) {
      @Override
      Mono<?> of(SubscriptionsTest test) {
        return test.call().retryWhen(Retry.backoff(3, Duration.ofMillis(1)));
      }
    },
    SECOND_CALL(4) {
      @Override
      Mono<?> of(SubscriptionsTest test) {
        return test.call().retry(3).flatMap(first -> test.call());
      }
    },
    CAPTURE_ON_A_RESPONSE(4) {
      @Override
      Mono<?> of(SubscriptionsTest test) {
        return test.call().retry(3).flatMap(first -> test.call().contextCapture());
      }
    },
    CACHE(4) {
      @Override
      Mono<?> of(SubscriptionsTest test) {
        return test.call().retry(3).cache().flatMap(first -> test.call());
      }
    },
    SHARE(4) {
      @Override
      Mono<?> of(SubscriptionsTest test) {
        return test.call().retry(3).share().flatMap(first -> test.call());
      }
    },
    PARALLEL(4) { // or more: two calls at once may both receive the same one of the two failures
      @Override
      Mono<?> of(SubscriptionsTest test) {
        return Flux.range(0, 2)
            .parallel(2)
            .runOn(Schedulers.parallel())
            .flatMap(number -> test.call().retry(3))
            .sequential()
            .then();
      }
    },
    OTHER_THREAD(3) {
      @Override
      Mono<?> of(SubscriptionsTest test) {
        return Mono.defer(test::call).retry(3).subscribeOn(Schedulers.boundedElastic());
      }
    };

    final int calls;

    Chain(int calls) {
      this.calls = calls;
    }

    abstract Mono<?> of(SubscriptionsTest test);
  }

  @ParameterizedTest
  @EnumSource
  void rule11_eachCallOfAChain_forwardsWhatTheSubscribingThreadHas(Chain chain) {
    for (Context request : List.of(REQUEST, WITHOUT_HEADERS)) {
      downstream.reset();
      failTwice();

      try (Scope scope = request.makeCurrent()) {
        chain.of(this).block(LIMIT);
      }
      int calls = chain == Chain.PARALLEL ? downstream.hops().size() : chain.calls;
      assertThat(calls).isGreaterThanOrEqualTo(chain.calls);
      assertEachCall(calls, request == REQUEST ? "x-request-id: mine" : null);
    }
  }

  private void failTwice() {
    for (int call = 0; call < 3; call++) {
      downstream
          .server()
          .stubFor(
              any(urlEqualTo("/call"))
                  .inScenario("fails twice")
                  .whenScenarioStateIs(call == 0 ? Scenario.STARTED : "call " + call)
                  .willSetStateTo("call " + (call + 1))
                  .willReturn(call < 2 ? serviceUnavailable() : ok("body")));
    }
    downstream
        .server()
        .stubFor(
            any(urlEqualTo("/call"))
                .inScenario("fails twice")
                .whenScenarioStateIs("call 3")
                .willReturn(ok("body")));
  }

  @ParameterizedTest
  @EnumSource
  void rule11_chainThatAnotherRequestCompletes_forwardsItsOwn(Shared shared) throws Exception {
    for (Context request : List.of(REQUEST, WITHOUT_HEADERS, Context.root())) {
      downstream.reset();
      Sinks.One<String> sink = Sinks.one();
      Mono<String> source = shared.of.apply(sink.asMono());
      CompletableFuture<String> called;
      try (Scope scope = request.makeCurrent()) {
        called = source.flatMap(value -> call()).toFuture();
      }

      try (Scope scope = ANOTHER.makeCurrent()) {
        sink.tryEmitValue("value").orThrow();
      }
      called.get(20, TimeUnit.SECONDS);
      assertEachCall(1, request == REQUEST ? "x-request-id: mine" : null);
    }
  }

  private enum Shared {
    SINK(mono -> mono),
    CACHE(Mono::cache),
    SHARE(Mono::share);

    @SuppressWarnings("ImmutableEnumChecker") // a method reference
    final Function<Mono<String>, Mono<String>> of;

    Shared(Function<Mono<String>, Mono<String>> of) {
      this.of = of;
    }
  }

  /** It is subscribed to once, and others get its answer. */
  @Test
  void rule11_cachedCall_forwardsTheHeadersOfItsFirstSubscriber() {
    for (Context request : List.of(REQUEST, WITHOUT_HEADERS)) {
      downstream.reset();
      Mono<String> cached = call().cache();
      for (Context subscriber : List.of(request, ANOTHER)) {
        try (Scope scope = subscriber.makeCurrent()) {
          cached.block(LIMIT);
        }
      }
      assertEachCall(1, request == REQUEST ? "x-request-id: mine" : null);
    }
  }

  /** Reactor does not tell its hooks of {@code subscribe(CoreSubscriber)}. */
  @Test
  void rule11_baseSubscriber_needsSubscribeWith() throws Exception {
    Sinks.One<String> sink = Sinks.one();
    Mono<String> chain = sink.asMono().flatMap(value -> call());
    Waiting bound = new Waiting();
    try (Scope scope = REQUEST.makeCurrent()) {
      chain.subscribeWith(bound);
    }

    try (Scope scope = ANOTHER.makeCurrent()) {
      sink.tryEmitValue("value").orThrow();
    }
    assertThat(bound.ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertEachCall(1, "x-request-id: mine");
  }

  private static final class Waiting extends BaseSubscriber<String> {
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    protected void hookFinally(SignalType type) {
      ended.countDown();
    }
  }

  /** Events that requests emit are handled by whichever thread drains them. */
  @Test
  void rule11_chainSubscribedWhereNoRequestIsKnown_forwardsNothing() throws Exception {
    Sinks.Many<String> events = Sinks.many().multicast().onBackpressureBuffer();
    CompletableFuture<List<String>> handled =
        events.asFlux().flatMap(event -> call()).collectList().toFuture();

    try (Scope scope = ANOTHER.makeCurrent()) {
      events.tryEmitNext("event").orThrow();
      events.tryEmitComplete().orThrow();
    }
    handled.get(20, TimeUnit.SECONDS);
    assertEachCall(1, null);
  }

  /** No signal tells that another request's thread runs the function. */
  @ParameterizedTest
  @EnumSource
  void rule11_blockingCodeThatAnotherRequestRuns_needsWrapping(Shared of) throws Exception {
    Sinks.One<String> sink = Sinks.one();
    Mono<String> shared = of.of.apply(sink.asMono());
    CompletableFuture<String> wrapped;
    CompletableFuture<String> unwrapped;
    try (Scope scope = REQUEST.makeCurrent()) {
      // docs: shared chain
      Mono<String> reviews = shared.map(Context.current().wrapFunction(this::reviews));
      // docs: end
      wrapped = reviews.toFuture();
      unwrapped = shared.map(this::reviews).toFuture();
    }

    try (Scope scope = ANOTHER.makeCurrent()) {
      sink.tryEmitValue("five stars").orThrow();
    }
    assertThat(wrapped.get(20, TimeUnit.SECONDS)).isEqualTo("five stars, mine");
    assertThat(unwrapped.get(20, TimeUnit.SECONDS)).isEqualTo("five stars, another's");
    Docs.assertShows("shared chain", SubscriptionsTest.class);
  }

  /** What a chain delivers, unlike what its operators do, is told of. */
  @ParameterizedTest
  @EnumSource
  void rule11_consumerThatAnotherRequestRuns_forwardsNothing(Shared of) throws Exception {
    Sinks.One<String> sink = Sinks.one();
    Mono<String> shared = of.of.apply(sink.asMono());
    CompletableFuture<String> consumed = new CompletableFuture<>();
    CompletableFuture<String> completed = new CompletableFuture<>();
    CompletableFuture<String> next;
    try (Scope scope = REQUEST.makeCurrent()) {
      shared.subscribe(value -> consumed.complete(reviews(value)));
      shared.subscribe(value -> {}, error -> {}, () -> completed.complete(reviews("end")));
      next = shared.toFuture().thenApply(this::reviews);
    }

    try (Scope scope = ANOTHER.makeCurrent()) {
      sink.tryEmitValue("five stars").orThrow();
      assertThat(reviews("here")).isEqualTo("here, another's");
    }
    assertThat(consumed.get(20, TimeUnit.SECONDS)).isEqualTo("five stars, null");
    assertThat(completed.get(20, TimeUnit.SECONDS)).isEqualTo("end, null");
    assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo("five stars, null");
  }

  @Test
  void consumerOnTheThreadOfItsRequest_seesTheHeaders() {
    List<String> seen = new ArrayList<>();
    try (Scope scope = REQUEST.makeCurrent()) {
      Flux.just("one", "two").map(this::reviews).subscribe(value -> seen.add(reviews(value)));
    }

    assertThat(seen).containsExactly("one, mine, mine", "two, mine, mine");
  }

  private String reviews(String ratings) {
    return ratings + ", " + CapturedHeaders.current().requestId();
  }

  @Test
  void rule11_intervalStartedInARequest_forwardsItsHeaders_orNothing() throws Exception {
    Flux<Long> interval = Flux.interval(Duration.ofMillis(1)).onBackpressureDrop();
    CountDownLatch calls = new CountDownLatch(3);
    try (Scope scope = REQUEST.makeCurrent()) {
      interval.concatMap(tick -> call().thenReturn(tick)).blockFirst(LIMIT);
      assertThat(downstream.received(0)).containsExactly("x-request-id: mine");
      downstream.reset();

      // docs: interval
      Disposable refresh;
      try (Scope nothing = CapturedHeaders.empty().makeCurrent()) {
        refresh = interval.concatMap(tick -> refresh(calls)).subscribe();
      }
      // docs: end
      assertThat(calls.await(20, TimeUnit.SECONDS)).isTrue();
      refresh.dispose();
    }
    assertThat(downstream.received(0)).isEmpty();
    assertThat(downstream.received(1)).isEmpty();
    Docs.assertShows("interval", SubscriptionsTest.class);
  }

  /** Calls three times only: a call that is under way at the end would be the next test's. */
  private Mono<String> refresh(CountDownLatch calls) {
    return calls.getCount() == 0 ? Mono.never() : call().doOnTerminate(calls::countDown);
  }

  private void assertEachCall(int calls, @Nullable String header) {
    assertThat(downstream.hops()).hasSize(calls);
    List<String> expected = header == null ? List.of() : List.of(header);
    for (int n = 0; n < calls; n++) {
      assertThat(downstream.received(n)).as("call %s", n).isEqualTo(expected);
    }
  }
}
