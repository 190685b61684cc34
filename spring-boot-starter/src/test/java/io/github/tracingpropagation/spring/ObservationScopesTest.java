// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The tracer of Spring Boot, on OpenTelemetry, replaces the whole context in each scope. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // a scope is only closed
class ObservationScopesTest {
  private static final Context REQUEST =
      HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: abc"));

  private final ConfigurableApplicationContext application =
      Applications.builder(Applications.Empty.class)
          .web(WebApplicationType.NONE)
          .run("--management.tracing.enabled=true", "--management.tracing.sampling.probability=1");
  private final ObservationRegistry registry = application.getBean(ObservationRegistry.class);
  private final Tracer tracer = application.getBean(Tracer.class);

  @BeforeAll
  void tracerIsThere() {
    Observation observation = Observation.start("any", registry);
    try (Observation.Scope scope = observation.openScope()) {
      assertThat(tracer.currentSpan()).isNotNull();
    }
    observation.stop();
  }

  @AfterAll
  void stop() {
    application.close();
  }

  /** As with a filter of the tracer's before ours. */
  @Test
  void observationFromBeforeTheCapture_doesNotTakeTheHeadersAway() {
    Observation observation = Observation.start("early", registry);
    try (Scope request = REQUEST.makeCurrent()) {
      try (Observation.Scope scope = observation.openScope()) {
        assertThat(requestId()).isEqualTo("abc");
        assertThat(tracer.currentSpan()).isNotNull();
        try (Observation.Scope nested = observation.openScope()) {
          assertThat(requestId()).isEqualTo("abc");
        }
        assertThat(requestId()).isEqualTo("abc");
      }
      assertThat(requestId()).isEqualTo("abc");
      assertThat(tracer.currentSpan()).isNull();
    }
  }

  @Test
  void blockThatForwardsNothing_isNotFilledByAnObservation() {
    try (Scope request = REQUEST.makeCurrent()) {
      Observation observation = Observation.start("request", registry);
      try (Scope block = CapturedHeaders.empty().makeCurrent();
          Observation.Scope scope = observation.openScope()) {
        assertThat(requestId()).isNull();
      }
    }
  }

  @Test
  void threadWithoutContext_seesWhatTheObservationBeganWith() throws Exception {
    Observation observation;
    try (Scope request = REQUEST.makeCurrent()) {
      observation = Observation.start("request", registry);
    }

    try (Observation.Scope scope = observation.openScope()) {
      assertThat(requestId()).isEqualTo("abc");
    }
    assertThat(requestId()).isNull();
  }

  @Test
  void rule10_resetScopes_leaveNothing() {
    try (Scope request = REQUEST.makeCurrent();
        Observation.Scope outer = Observation.start("outer", registry).openScope();
        Observation.Scope inner = Observation.start("inner", registry).openScope()) {
      inner.makeCurrent();
      assertThat(requestId()).isEqualTo("abc");
    }
    assertThat(requestId()).isNull();
    assertThat(tracer.currentSpan()).isNull();
  }

  /** The handler of a tracer fails, and the next request on the thread has no headers. */
  @Test
  void rule10_handlerThatThrows_leavesNothingToALaterObservation() {
    ObservationRegistry failing = ObservationRegistry.create();
    failing
        .observationConfig()
        .observationHandler(new ObservationScopes.Before())
        .observationHandler(new Failing())
        .observationHandler(new ObservationScopes.After());
    Observation observation = Observation.start("fails", failing);
    try (Scope request = REQUEST.makeCurrent()) {
      assertThatIllegalStateException().isThrownBy(observation::openScope);
    }
    observation.stop();

    try (Observation.Scope scope = Observation.start("later", failing).openScope()) {
      assertThat(requestId()).isNull();
    }
    try (Scope request = Context.root().with(CapturedHeaders.empty()).makeCurrent();
        Observation.Scope scope = Observation.start("later", failing).openScope()) {
      assertThat(requestId()).isNull();
    }
  }

  private static final class Failing implements ObservationHandler<Observation.Context> {
    @Override
    public void onScopeOpened(Observation.Context observation) {
      if ("fails".equals(observation.getName())) {
        throw new IllegalStateException("fails");
      }
    }

    @Override
    public boolean supportsContext(Observation.Context observation) {
      return true;
    }
  }

  private static @Nullable String requestId() {
    return CapturedHeaders.current().requestId();
  }
}
