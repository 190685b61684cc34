// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Adds the captured headers to Reactor's context, and passes each signal on.
 *
 * @param context contains the headers
 */
record BoundSubscriber<T>(CoreSubscriber<? super T> subscriber, Context context)
    implements CoreSubscriber<T>, Scannable {

  /** Binds each chain that is subscribed to; what a chain subscribes to itself is bound already. */
  static Function<? super Publisher<Object>, ? extends Publisher<Object>> onSubscribe() {
    return Operators.liftPublisher((publisher, subscriber) -> bind(subscriber));
  }

  /**
   * Binds a chain to the headers of this thread. A chain that is subscribed to where no request is
   * known is bound to none: later the thread of any request may run a part of it.
   */
  private static <T> CoreSubscriber<? super T> bind(CoreSubscriber<? super T> subscriber) {
    Context context = subscriber.currentContext();
    return context.hasKey(CapturedHeadersAccessor.KEY)
        ? subscriber
        : new BoundSubscriber<>(
            subscriber, context.put(CapturedHeadersAccessor.KEY, CapturedHeaders.current()));
  }

  @Override
  public Context currentContext() {
    return context;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscriber.onSubscribe(subscription);
  }

  @Override
  public void onNext(T value) {
    subscriber.onNext(value);
  }

  @Override
  public void onError(Throwable cause) {
    subscriber.onError(cause);
  }

  @Override
  public void onComplete() {
    subscriber.onComplete();
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
