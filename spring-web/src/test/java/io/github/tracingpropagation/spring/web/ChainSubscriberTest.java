// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Fuseable;
import reactor.core.Scannable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.GroupedFlux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;
import reactor.core.scheduler.Schedulers;

/** Chains of each kind are what they are without the hook, but for one key in their context. */
@SuppressWarnings("try") // a scope is only closed
class ChainSubscriberTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<Integer> NUMBERS = IntStream.range(0, 1000).boxed().toList();

  private static final String HOOK = ChainSubscriberTest.class.getName();

  @BeforeAll
  static void start() {
    Hooks.onLastOperator(HOOK, ChainSubscriber.binding());
  }

  @AfterAll
  static void stop() {
    Hooks.resetOnLastOperator(HOOK);
  }

  private static <T> T inRequest(Supplier<T> chain) {
    try (Scope request = HeaderLines.captured("x-request-id: mine").makeCurrent()) {
      return chain.get();
    }
  }

  @Test
  void fusedOperators_deliverEachElementInOrder() {
    Flux<Integer> numbers = Flux.fromIterable(NUMBERS);

    assertThat(blocked(numbers)).isEqualTo(NUMBERS);
    assertThat(blocked(numbers.publishOn(Schedulers.parallel()).map(n -> n).filter(n -> n >= 0)))
        .isEqualTo(NUMBERS);
    assertThat(blocked(numbers.concatMap(n -> Flux.range(n, 1)))).isEqualTo(NUMBERS);
    assertThat(blocked(numbers.flatMapSequential(n -> Mono.just(n).hide()))).isEqualTo(NUMBERS);
    assertThat(blocked(numbers.window(7).concatMap(window -> window))).isEqualTo(NUMBERS);
    assertThat(blocked(numbers.zipWith(numbers, (one, other) -> one))).isEqualTo(NUMBERS);
  }

  private static List<Integer> blocked(Flux<Integer> flux) {
    List<Integer> taken = new ArrayList<>();
    inRequest(() -> flux.toIterable(8)).forEach(taken::add); // some at a time
    assertThat(taken).isEqualTo(inRequest(() -> flux.collectList().block(LIMIT)));
    return taken;
  }

  @Test
  void groups_deliverTheirElements() {
    List<Integer> odd =
        inRequest(
            () ->
                Flux.fromIterable(NUMBERS)
                    .groupBy(n -> n % 2)
                    .flatMap(
                        (GroupedFlux<Integer, Integer> group) ->
                            group.collectList().filter(all -> group.key() == 1))
                    .blockLast(LIMIT));
    assertThat(odd).hasSize(500).allMatch(n -> n % 2 == 1);
  }

  @Test
  void connectableFlux_deliversToEachSubscriber() {
    Flux<Integer> shared = Flux.fromIterable(NUMBERS).publish().autoConnect(2);
    CompletableFuture<List<Integer>> first = inRequest(() -> shared.collectList().toFuture());
    CompletableFuture<List<Integer>> second = inRequest(() -> shared.collectList().toFuture());

    assertThat(first.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(NUMBERS);
    assertThat(second.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(NUMBERS);
  }

  @Test
  void parallelFlux_deliversToEachRail() throws Exception {
    ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(2);
    ParallelFlux<Integer> rails =
        Flux.fromIterable(NUMBERS).parallel(2).runOn(Schedulers.parallel());
    inRequest(() -> rails.subscribe(seen::add, error -> {}, done::countDown));

    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(NUMBERS);
  }

  /** The queue is the source's own, so its elements are not signals. */
  @Test
  void subscriberThatFuses_pollsTheQueueOfTheSource() {
    Fusing fusing = inRequest(() -> Flux.range(0, 3).subscribeWith(new Fusing()));

    assertThat(fusing.polled).containsExactly(0, 1, 2);
    assertThat(fusing.subscribers).containsExactly("chain");
  }

  private static final class Fusing extends BaseSubscriber<Integer> {
    private final List<@Nullable Integer> polled = new ArrayList<>();
    private final List<String> subscribers = new ArrayList<>();

    @Override
    @SuppressWarnings("unchecked")
    protected void hookOnSubscribe(Subscription subscription) {
      Fuseable.QueueSubscription<Integer> queue =
          (Fuseable.QueueSubscription<Integer>) subscription;
      assertThat(queue.requestFusion(Fuseable.ANY)).isEqualTo(Fuseable.SYNC);
      Scannable.from(queue).actuals().map(Scannable::stepName).forEach(subscribers::add);
      while (!queue.isEmpty()) {
        polled.add(queue.poll());
      }
    }
  }

  @Test
  void subscriberOfAnotherLibrary_isBound_andGetsWhatItRequests() {
    Raw raw = new Raw();
    inRequest(
        () -> {
          Flux.range(0, 3)
              .concatMap(n -> Mono.deferContextual(v -> Mono.just(v.hasKey(CapturedHeaders.class))))
              .subscribe(raw);
          return true;
        });
    assertThat(raw.signals).isEmpty();

    raw.subscriptions.get(0).request(2);
    assertThat(raw.signals).containsExactly(true, true);
    raw.subscriptions.get(0).request(5);
    assertThat(raw.signals).containsExactly(true, true, true, "end");
  }

  private static final class Raw implements Subscriber<Boolean> {
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Object> signals = new ArrayList<>();

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriptions.add(subscription);
    }

    @Override
    public void onNext(Boolean bound) {
      signals.add(bound);
    }

    @Override
    public void onError(Throwable error) {
      signals.add(error);
    }

    @Override
    public void onComplete() {
      signals.add("end");
    }
  }

  @Test
  void cancellation_reachesTheSource() {
    List<String> cancelled = new ArrayList<>();
    inRequest(() -> Flux.never().doOnCancel(() -> cancelled.add("once")).subscribe(value -> {}))
        .dispose();

    assertThat(cancelled).containsExactly("once");
  }

  @Test
  void operatorsAreNamed_inErrors() {
    Hooks.onOperatorDebug();
    try {
      assertThatThrownBy(
              () ->
                  inRequest(
                      () ->
                          Mono.error(new IllegalStateException("broken"))
                              .map(value -> value)
                              .checkpoint("checked here")
                              .block(LIMIT)))
          .hasMessage("broken")
          .satisfies(
              error ->
                  assertThat(error.getSuppressed()[0])
                      .hasMessageContaining("map ⇢")
                      .hasMessageContaining("checked here"));
    } finally {
      Hooks.resetOnOperatorDebug();
    }
  }

  @Test
  void otherKeysOfTheContext_remain() {
    String seen =
        inRequest(
            () ->
                Mono.deferContextual(
                        view ->
                            Mono.just(
                                view.get("key")
                                    + ", "
                                    + view.<CapturedHeaders>get(CapturedHeaders.class).requestId()))
                    .contextWrite(context -> context.put("key", "value"))
                    .block(LIMIT));
    assertThat(seen).isEqualTo("value, mine");
  }
}
