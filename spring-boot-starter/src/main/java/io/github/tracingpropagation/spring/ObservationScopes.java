// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Two handlers, before and after the tracer's, that keep the captured headers current in the scope
 * of an observation.
 *
 * <p>A tracer on OpenTelemetry makes the context current that its span began with, and with it the
 * headers that were captured by then: none, or those that a block which forwards nothing had made
 * empty. So the first handler notes what is current, and the last one makes that current again.
 * Scopes close in the opposite order.
 */
final class ObservationScopes {
  /** Not in the observation's own context, which threads share. */
  private static final ThreadLocal<@Nullable Note> NOTED = new ThreadLocal<>();

  private static final ScopeStack SCOPES = new ScopeStack();

  private ObservationScopes() {}

  /**
   * What is current where a scope is about to be opened. If a handler in between throws, {@link
   * After} is not called and the note stays on the thread: so it names its observation.
   */
  private record Note(Observation.Context observation, CapturedHeaders captured) {}

  /** To be registered before the tracer's handler. */
  static final class Before implements ObservationHandler<Observation.Context> {

    /** Notes nothing where no request is known: what the observation began with is right there. */
    @Override
    public void onScopeOpened(Observation.Context observation) {
      CapturedHeaders captured = CapturedHeaders.find(Context.current());
      if (captured == null) {
        NOTED.remove();
      } else {
        NOTED.set(new Note(observation, captured));
      }
    }

    /** Closes what {@link After} has opened, since the tracer's scopes beneath close next. */
    @Override
    public void onScopeReset(Observation.Context observation) {
      while (SCOPES.close(observation)) {
        // the next one of the same observation
      }
    }

    @Override
    public boolean supportsContext(Observation.Context observation) {
      return true;
    }
  }

  /** To be registered after the tracer's handler. */
  static final class After implements ObservationHandler<Observation.Context> {

    @Override
    public void onScopeOpened(Observation.Context observation) {
      Note noted = NOTED.get();
      NOTED.remove();
      if (noted != null && noted.observation() == observation) {
        SCOPES.open(observation, Context.current().with(noted.captured()));
      }
    }

    @Override
    public void onScopeClosed(Observation.Context observation) {
      SCOPES.close(observation);
    }

    @Override
    public boolean supportsContext(Observation.Context observation) {
      return true;
    }
  }
}
