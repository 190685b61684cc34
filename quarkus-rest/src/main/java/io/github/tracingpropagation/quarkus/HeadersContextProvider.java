// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Lets each function of a {@code Uni} or {@code Multi}, and each task of a managed executor, see
 * the headers of the request that has created it, also where another request completes the chain.
 */
public final class HeadersContextProvider implements ThreadContextProvider {

  /** For {@link java.util.ServiceLoader}. */
  public HeadersContextProvider() {}

  /** A function that no request has created sees nothing: its thread may belong to any request. */
  @Override
  public ThreadContextSnapshot currentContext(Map<String, String> properties) {
    CapturedHeaders captured = CapturedHeaders.current();
    return () -> restore(captured)::close;
  }

  @Override
  public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
    return () -> restore(CapturedHeaders.empty())::close;
  }

  /**
   * Opens a scope in OpenTelemetry's context only if there is one of another snapshot, because
   * Quarkus may keep that context in Vert.x's, where other threads of the request see it.
   */
  @SuppressWarnings("MustBeClosedChecker") // closed by Restored
  static Restored restore(CapturedHeaders captured) {
    CapturedHeaders current = CapturedHeaders.find(Context.current());
    Scope scope = current == null || current.equals(captured) ? null : captured.makeCurrent();
    return new Restored(RequestHeaders.restore(captured), scope);
  }

  @Override
  public String getThreadContextType() {
    return "TracingHeaders";
  }

  /**
   * What a thread had before.
   *
   * @param before what was restored there
   * @param scope of OpenTelemetry's context, null for none
   */
  record Restored(RequestHeaders.@Nullable Restored before, @Nullable Scope scope)
      implements AutoCloseable {
    @Override
    public void close() {
      RequestHeaders.reset(before);
      if (scope != null) {
        scope.close();
      }
    }
  }
}
