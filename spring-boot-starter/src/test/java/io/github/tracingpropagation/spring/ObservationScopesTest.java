// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
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

  /** The inner scope has nothing to restore, and the outer one's stays until that closes. */
  @Test
  void scopesOfOneObservation_nest_alsoWhereNoRequestIsKnown() {
    Observation observation = Observation.start("early", registry);
    try (Scope request = REQUEST.makeCurrent()) {
      try (Observation.Scope outer = observation.openScope()) {
        try (Scope unknown = CapturedHeaders.removeFrom(Context.current()).makeCurrent();
            Observation.Scope inner = observation.openScope()) {
          assertThat(requestId()).isNull();
        }
        assertThat(requestId()).isEqualTo("abc");
      }
      assertThat(requestId()).isEqualTo("abc");
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  /** The handler of a tracer fails, and the next request on the thread has no headers. */
  @Test
  void rule10_handlerThatThrows_leavesNothingToALaterObservation() {
    ObservationRegistry failing = withTracer(new Failing());
    Observation observation = Observation.start("fails", failing);
    try (Scope request = REQUEST.makeCurrent()) {
      assertThatIllegalStateException().isThrownBy(observation::openScope);
    } finally {
      failing.setCurrentObservationScope(null); // which Micrometer leaves
    }
    observation.stop();

    assertNothingInLaterObservations(failing);
  }

  /** What it leaves is in the observation, not on a thread. */
  @Test
  void rule10_scopeThatNobodyCloses_leavesNothingToALaterObservation() {
    ObservationRegistry brave = withTracer(new Failing());
    try (Scope request = REQUEST.makeCurrent();
        Observation.Scope outer = Observation.start("outer", brave).openScope()) {
      Observation.start("never closed", brave).openScope();
    }
    assertThat(Context.current()).isSameAs(Context.root());

    assertNothingInLaterObservations(brave);
  }

  /** Micrometer's snapshot does not undo what it has set if a later thread-local fails. */
  @Test
  void rule10_snapshotWhoseObservationFails_leavesNothingOnTheThread() throws Exception {
    ExecutorService pool =
        ContextExecutorService.wrap(
            Executors.newSingleThreadExecutor(),
            ContextSnapshotFactory.builder().build()::captureAll);
    Observation observation = Observation.start("fails in a pool", withTracer(new Failing()));
    try (Scope request = REQUEST.makeCurrent();
        Observation.Scope scope = observation.openScope()) {
      assertThatThrownBy(pool.submit(ObservationScopesTest::requestId)::get)
          .hasRootCauseMessage("fails in a pool");
    }

    assertThat(pool.submit(ObservationScopesTest::requestId).get()).isNull();
    pool.shutdown();
  }

  @Test
  void rule10_scopeClosedOnAnotherThread_leavesWhatThatThreadHas() throws Exception {
    ObservationRegistry brave = withTracer(new Failing());
    Observation observation = Observation.start("any", brave);
    Observation.Scope opened;
    try (Scope request = REQUEST.makeCurrent()) {
      opened = observation.openScope();
    }
    AtomicReference<@Nullable String> other = new AtomicReference<>("");
    Thread thread =
        new Thread(
            () -> {
              try (Scope request = HeaderLines.captured("x-request-id: other").makeCurrent();
                  Observation.Scope own = observation.openScope()) {
                opened.close();
                other.set(requestId());
              }
            });
    thread.start();
    thread.join();

    assertThat(other.get()).isEqualTo("other");
    assertThat(Context.current()).isSameAs(Context.root());
    assertNothingInLaterObservations(brave);
  }

  private static ObservationRegistry withTracer(ObservationHandler<Observation.Context> handler) {
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(new ObservationScopes.Before())
        .observationHandler(handler)
        .observationHandler(new ObservationScopes.After());
    return registry;
  }

  private static void assertNothingInLaterObservations(ObservationRegistry registry) {
    try (Observation.Scope scope = Observation.start("later", registry).openScope()) {
      assertThat(requestId()).isNull();
    }
    try (Scope request = Context.root().with(CapturedHeaders.empty()).makeCurrent();
        Observation.Scope scope = Observation.start("later", registry).openScope()) {
      assertThat(requestId()).isNull();
    }
  }

  /** Of a tracer that keeps its span elsewhere, as Brave does. */
  private static final class Failing implements ObservationHandler<Observation.Context> {
    @Override
    public void onScopeOpened(Observation.Context observation) {
      String name = String.valueOf(observation.getName());
      if (name.equals("fails")
          || (name.equals("fails in a pool")
              && Thread.currentThread().getName().startsWith("pool"))) {
        throw new IllegalStateException(name);
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
