// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The logging context has the captured {@code x-request-id} of the context that is current. */
@SuppressWarnings("try") // a scope is only closed
class RequestIdMdcTest {
  private static final String KEY = "x-request-id";
  private static final Context FIRST =
      HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: 1"));
  private static final Context SECOND =
      HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: 2"));

  private final ContextStorage storage = new RequestIdMdc(ContextStorage.get());

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
                  + " OpenTelemetry's Context before the application started.");
    }
  }
}
