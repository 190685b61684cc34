// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Receives the signals of a publisher with no captured headers current, whatever its thread has.
 */
@SuppressWarnings("try") // a scope is only closed
record Detached<T>(CoreSubscriber<? super T> subscriber) implements CoreSubscriber<T> {

  static <T> Mono<T> signals(Mono<T> source) {
    return Mono.from(lift(source));
  }

  static <T> Flux<T> signals(Flux<T> source) {
    return Flux.from(lift(source));
  }

  private static <T> Publisher<T> lift(Publisher<T> source) {
    return Operators.<T, T>lift((origin, subscriber) -> new Detached<T>(subscriber)).apply(source);
  }

  @Override
  public Context currentContext() {
    return subscriber.currentContext();
  }

  /** Not detached: the thread is the one that subscribes. */
  @Override
  public void onSubscribe(Subscription subscription) {
    subscriber.onSubscribe(subscription);
  }

  @Override
  public void onNext(T value) {
    try (Scope scope = CapturedHeaders.empty().makeCurrent()) {
      subscriber.onNext(value);
    }
  }

  @Override
  public void onError(Throwable cause) {
    try (Scope scope = CapturedHeaders.empty().makeCurrent()) {
      subscriber.onError(cause);
    }
  }

  @Override
  public void onComplete() {
    try (Scope scope = CapturedHeaders.empty().makeCurrent()) {
      subscriber.onComplete();
    }
  }
}
