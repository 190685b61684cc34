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
  private static final ThreadLocal<@Nullable CapturedHeaders> NOTED = new ThreadLocal<>();

  private static final ScopeStack SCOPES = new ScopeStack();

  private ObservationScopes() {}

  /** To be registered before the tracer's handler. */
  static final class Before implements ObservationHandler<Observation.Context> {

    /** Notes nothing on a thread without a context, where the span's own is the best there is. */
    @Override
    public void onScopeOpened(Observation.Context observation) {
      if (Context.current() != Context.root()) {
        NOTED.set(CapturedHeaders.current());
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
      CapturedHeaders noted = NOTED.get();
      if (noted != null) {
        NOTED.remove();
        SCOPES.open(observation, noted);
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
