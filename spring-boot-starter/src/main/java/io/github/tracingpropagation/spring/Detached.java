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
 * Receives the signals of a publisher with no captured headers current: its thread may have those
 * of another request. They are hidden and not replaced by empty ones, so that the headers in
 * Reactor's context remain those of the chain.
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

  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  private static Scope hidden() {
    io.opentelemetry.context.Context current = io.opentelemetry.context.Context.current();
    return CapturedHeaders.removeFrom(current).makeCurrent();
  }

  @Override
  public void onNext(T value) {
    try (Scope scope = hidden()) {
      subscriber.onNext(value);
    }
  }

  @Override
  public void onError(Throwable cause) {
    try (Scope scope = hidden()) {
      subscriber.onError(cause);
    }
  }

  @Override
  public void onComplete() {
    try (Scope scope = hidden()) {
      subscriber.onComplete();
    }
  }
}
