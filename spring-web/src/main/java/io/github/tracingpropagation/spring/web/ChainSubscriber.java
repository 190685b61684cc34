// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Receives the signals of a chain, which the thread of another request may deliver, and hides the
 * headers of that request. They are hidden and not replaced by empty ones, so that the headers in
 * Reactor's context remain those of the chain.
 *
 * @param context of the chain
 */
@SuppressWarnings("try") // a scope is only closed
record ChainSubscriber<T>(CoreSubscriber<? super T> subscriber, Context context)
    implements CoreSubscriber<T>, Scannable {

  /** Returns a publisher that hides the headers of other requests from what subscribes to it. */
  static <T> Publisher<T> hiding(Publisher<T> source) {
    return Operators.<T, T>liftPublisher(
            (publisher, subscriber) ->
                new ChainSubscriber<T>(subscriber, subscriber.currentContext()))
        .apply(source);
  }

  /**
   * Returns a function that also binds each chain to the headers of the thread that subscribes. A
   * chain that is subscribed to where no request is known is bound to none: later the thread of any
   * request may run a part of it. What a chain subscribes to itself is bound already.
   */
  static Function<? super Publisher<Object>, ? extends Publisher<Object>> binding() {
    return Operators.liftPublisher((publisher, subscriber) -> bind(subscriber));
  }

  private static <T> CoreSubscriber<? super T> bind(CoreSubscriber<? super T> subscriber) {
    Context context = subscriber.currentContext();
    return context.hasKey(CapturedHeaders.class)
        ? subscriber
        : new ChainSubscriber<>(
            subscriber, context.put(CapturedHeaders.class, CapturedHeaders.current()));
  }

  @Override
  public Context currentContext() {
    return context;
  }

  /** Hides nothing: the thread is the one that subscribes. */
  @Override
  public void onSubscribe(Subscription subscription) {
    subscriber.onSubscribe(subscription);
  }

  @Override
  public void onNext(T value) {
    try (Scope scope = hideOthers()) {
      subscriber.onNext(value);
    }
  }

  @Override
  public void onError(Throwable cause) {
    try (Scope scope = hideOthers()) {
      subscriber.onError(cause);
    }
  }

  @Override
  public void onComplete() {
    try (Scope scope = hideOthers()) {
      subscriber.onComplete();
    }
  }

  @SuppressWarnings({"MustBeClosedChecker", "ReferenceEquality"}) // another request's may be equal
  private Scope hideOthers() {
    var current = io.opentelemetry.context.Context.current();
    CapturedHeaders found = CapturedHeaders.find(current);
    return found == null || found == context.getOrDefault(CapturedHeaders.class, null)
        ? Scope.noop()
        : CapturedHeaders.removeFrom(current).makeCurrent();
  }

  @Override
  @SuppressWarnings("rawtypes") // as Reactor declares it
  public @Nullable Object scanUnsafe(Attr key) {
    if (key == Attr.ACTUAL) {
      return subscriber;
    }
    return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
  }
}
