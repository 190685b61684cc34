// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Two handlers, before and after the tracer's, that keep the captured headers current in the scope
 * of an observation.
 *
 * <p>A tracer on OpenTelemetry makes the context current in which its span began, with the headers
 * of that moment. So the first handler stores the current headers, and the last one restores them.
 */
final class ObservationScopes {
  private ObservationScopes() {}

  /**
   * The key in an observation of what belongs to this thread. Threads may share an observation. A
   * thread-local would outlive it if a handler in between throws, so that {@link After} is not
   * called, or if a scope is closed on another thread or never.
   */
  private record Key(Thread thread) {
    static Key ofThisThread() {
      return new Key(Thread.currentThread());
    }
  }

  private static final class OnThread {
    /** What was current where the scope that is about to open was asked for; null if unknown. */
    @Nullable CapturedHeaders noted;

    @Nullable Opened last;
  }

  private record Opened(Scope scope, @Nullable Opened outer) {}

  private interface OfAllContexts extends ObservationHandler<Observation.Context> {
    @Override
    default boolean supportsContext(Observation.Context observation) {
      return true;
    }
  }

  /** To be registered before the tracer's handler. */
  static final class Before implements OfAllContexts {

    @Override
    public void onScopeOpened(Observation.Context observation) {
      OnThread state = observation.computeIfAbsent(Key.ofThisThread(), key -> new OnThread());
      state.noted = CapturedHeaders.find(Context.current());
    }

    /** Closes what {@link After} has opened, since the tracer's scopes beneath close next. */
    @Override
    public void onScopeReset(Observation.Context observation) {
      while (close(observation)) {
        // the next one of the same observation
      }
    }
  }

  /** To be registered after the tracer's handler. */
  static final class After implements OfAllContexts {

    /** Where no request was known, what the observation began with is right: it stays. */
    @Override
    @SuppressWarnings("MustBeClosedChecker")
    public void onScopeOpened(Observation.Context observation) {
      OnThread state = observation.get(Key.ofThisThread());
      if (state == null) {
        return; // nothing was noted: a registry without the first handler
      }
      Context current = Context.current();
      Context noted = state.noted == null ? current : current.with(state.noted);
      state.last = new Opened(noted.makeCurrent(), state.last);
      state.noted = null;
    }

    @Override
    public void onScopeClosed(Observation.Context observation) {
      close(observation);
    }
  }

  /** Closes this thread's last scope of an observation, and returns whether there is one. */
  private static boolean close(Observation.Context observation) {
    OnThread state = observation.get(Key.ofThisThread());
    Opened last = state == null ? null : state.last;
    if (state == null || last == null) {
      return false;
    }
    state.last = last.outer();
    if (state.last == null) {
      observation.remove(Key.ofThisThread());
    }
    last.scope().close();
    return true;
  }
}
