// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.spring6.fallback.CompletionStageFallbackDecorator;
import io.github.resilience4j.spring6.fallback.FallbackMethod;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls the fallback of an asynchronous method with the headers of the method's caller. A thread of
 * Resilience4j calls it after a time-out, and any thread after another failure.
 */
final class BindingFallback extends CompletionStageFallbackDecorator {

  @Override
  public CheckedSupplier<Object> decorate(FallbackMethod fallback, CheckedSupplier<Object> method) {
    return () -> {
      Binding binding = Binding.ofThisThread();
      return super.decorate(fallback, () -> bind(binding, method.get())).get();
    };
  }

  /** Returns a stage that completes, and so calls the fallback, while the headers are current. */
  @SuppressWarnings({"try", "FutureReturnValueIgnored"}) // the scope is only closed
  private static @Nullable Object bind(Binding binding, @Nullable Object result) {
    if (!(result instanceof CompletionStage<?> stage)) {
      return result;
    }
    CompletableFuture<Object> bound = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) -> {
          try (Scope scope = binding.makeCurrent()) {
            if (failure == null) {
              bound.complete(value);
            } else {
              bound.completeExceptionally(failure);
            }
          }
        });
    return bound;
  }
}
