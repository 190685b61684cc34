// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Makes headers current while gRPC calls the application.
 *
 * <p>The headers alone, and not the whole context of the call, so that the scope of a tracer around
 * this one stays in force.
 */
final class HeadersScope implements Scope {
  private final Context before = Context.current();
  private final Scope scope;

  /**
   * Opens a scope, which must be closed on this thread.
   *
   * @param captured null for code that belongs to no request
   */
  @SuppressWarnings("MustBeClosedChecker") // close does
  HeadersScope(@Nullable CapturedHeaders captured) {
    Context context =
        captured == null ? CapturedHeaders.removeFrom(before) : captured.storeInContext(before);
    scope = context.makeCurrent();
  }

  /**
   * Restores the thread's context: OpenTelemetry ignores the close if the application has left a
   * scope of its own open.
   */
  @Override
  @SuppressWarnings("MustBeClosedChecker") // on a clean thread there is nothing to close
  public void close() {
    scope.close();
    if (Context.current() != before) {
      before.makeCurrent();
    }
  }
}
