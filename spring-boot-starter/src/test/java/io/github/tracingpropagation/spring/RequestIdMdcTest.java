// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** The logging context has the captured {@code x-request-id} of the context that is current. */
@SuppressWarnings("try") // a scope is only closed
class RequestIdMdcTest {
  private static final String KEY = "x-request-id";
  private static final Context FIRST =
      HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: 1"));
  private static final Context SECOND =
      HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: 2"));

  /** Strict: throws where {@link #lenient} ignores a close. */
  private final ContextStorage storage = new RequestIdMdc(ContextStorage.get());

  private final ContextStorage lenient = new RequestIdMdc(ContextStorage.defaultStorage());

  @AfterEach
  void forget() {
    MDC.clear();
  }

  @Test
  void mdc_hasTheRequestIdOfTheCurrentContext() {
    try (Scope first = storage.attach(FIRST)) {
      assertThat(MDC.get(KEY)).isEqualTo("1");
      try (Scope second = storage.attach(SECOND)) {
        assertThat(MDC.get(KEY)).isEqualTo("2");
      }
      try (Scope block = storage.attach(CapturedHeaders.empty().storeInContext(FIRST))) {
        assertThat(MDC.get(KEY)).isNull();
      }
      assertThat(MDC.get(KEY)).isEqualTo("1");
    }
    assertThat(MDC.get(KEY)).isNull();
  }

  @Test
  void valueOfTheApplication_isKept_andRestored() {
    MDC.put(KEY, "own");
    try (Scope other = storage.attach(Context.root().with(CapturedHeaders.empty()))) {
      assertThat(MDC.get(KEY)).isEqualTo("own");
    }
    try (Scope first = storage.attach(FIRST)) {
      assertThat(MDC.get(KEY)).isEqualTo("1");
    }
    assertThat(MDC.get(KEY)).isEqualTo("own");
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker")
  void scopeClosedOutOfOrderOrTwice_leavesWhatIsCurrent() {
    Scope first = lenient.attach(FIRST);
    Scope second = lenient.attach(SECOND);

    first.close(); // ignored
    assertThat(MDC.get(KEY)).isEqualTo("2");
    second.close();
    assertThat(MDC.get(KEY)).isEqualTo("1");
    try (Scope again = lenient.attach(SECOND)) {
      second.close(); // ignored
      assertThat(MDC.get(KEY)).isEqualTo("2");
    }
    first.close();
    assertThat(MDC.get(KEY)).isNull();
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker")
  void scopeNeverClosed_isToldUntilTheNextOneIsCurrent() {
    Scope first = lenient.attach(FIRST);
    Scope leaked = lenient.attach(SECOND);

    first.close(); // ignored
    assertThat(MDC.get(KEY)).isEqualTo("2");
    try (Scope next = lenient.attach(CapturedHeaders.empty().storeInContext(Context.root()))) {
      assertThat(MDC.get(KEY)).isNull();
    }
    leaked.close();
    first.close();
    assertThat(MDC.get(KEY)).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @SuppressWarnings("MustBeClosedChecker")
  void scopeClosedOnAnotherThread_leavesThatThreads(boolean strict) {
    ContextStorage tested = strict ? storage : lenient;
    MDC.put(KEY, "own");
    Scope first = tested.attach(FIRST);

    List<String> seen =
        onAnotherThread(
            () -> {
              MDC.put(KEY, "own of another");
              Throwable thrown = catchThrowable(first::close);
              assertThat(thrown != null).isEqualTo(strict);
              String outside = MDC.get(KEY);
              try (Scope second = tested.attach(SECOND)) {
                assertThat(catchThrowable(first::close) != null).isEqualTo(strict);
                return List.of(outside, MDC.get(KEY));
              }
            });

    assertThat(seen).containsExactly("own of another", "2");
    assertThat(MDC.get(KEY)).isEqualTo("1");
    first.close();
    assertThat(MDC.get(KEY)).isEqualTo("own");
  }

  /** OpenTelemetry closes it if the other thread has the very same context. */
  @Test
  @SuppressWarnings("MustBeClosedChecker")
  void scopeClosedByAThreadWithTheSameContext_doesNotTellThisThreadsValue() {
    MDC.put(KEY, "own");
    Scope first = lenient.attach(FIRST);

    List<String> seen =
        onAnotherThread(
            () -> {
              try (Scope same = lenient.attach(FIRST)) {
                first.close();
                assertThat(Context.current()).isSameAs(Context.root());
                return Arrays.asList(MDC.get(KEY));
              }
            });

    assertThat(seen).containsExactly((String) null);
    assertThat(MDC.get(KEY)).isEqualTo("1");
    lenient.attach(Context.root());
    assertThat(MDC.get(KEY)).isNull();
  }

  @Test
  void applicationThatChangesTheValueWithinAScope_isFollowedUntilTheNextChange() {
    try (Scope first = storage.attach(FIRST)) {
      MDC.put(KEY, "own");
      try (Scope second = storage.attach(SECOND)) {
        MDC.clear();
        try (Scope same = storage.attach(SECOND.with(ContextKey.named("span"), "a span"))) {
          assertThat(MDC.get(KEY)).isEqualTo("2");
          MDC.put(KEY, "own");
        }
        assertThat(MDC.get(KEY)).isEqualTo("2");
      }
      assertThat(MDC.get(KEY)).isEqualTo("1");
      MDC.put(KEY, "own");
    }
    assertThat(MDC.get(KEY)).isNull();
  }

  @Test
  void codeThatThrows_leavesNothing() {
    assertThatThrownBy(
            () -> {
              try (Scope first = storage.attach(FIRST)) {
                throw new IllegalStateException("the application's own");
              }
            })
        .isInstanceOf(IllegalStateException.class);

    assertThat(MDC.get(KEY)).isNull();
  }

  @Test
  @SuppressWarnings({"MustBeClosedChecker", "NullAway"}) // what OpenTelemetry ignores
  void nullContext_leavesWhatIsCurrent() {
    try (Scope first = lenient.attach(FIRST)) {
      lenient.attach(null);
      assertThat(MDC.get(KEY)).isEqualTo("1");
    }
  }

  private static List<String> onAnotherThread(Callable<List<String>> work) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread.submit(work).get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      thread.shutdownNow();
    }
  }

  /** As here, where an earlier test has used the context. */
  @Test
  void contextInUseBeforeTheStart_isSaid() {
    assertThat(Context.current()).isNotNull();
    try (Log log = Log.open()) {
      Applications.start(null).close();
      assertThat(log.warnings()).isEmpty();

      Applications.start(null, "tracing.propagation.mdc=true").close();
      assertThat(log.warnings())
          .containsExactly(
              "tracing.propagation.mdc has no effect: SLF4J is missing, or this JVM used"
                  + " OpenTelemetry's Context before the application started. Add SLF4J, or set the"
                  + " property in the first application of this JVM.");
    }
  }
}
