// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.ExecutorsKt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;

/** Executors of the application's own, and what Spring hands over to any executor. */
@Tag("no-tracer")
class OwnExecutorsTest extends StarterContract {
  @Override
  RunningApplication start(String downstream) {
    return LocalApplication.start(
        List.of(OwnExecutors.class), WebApplicationType.SERVLET, downstream, List.of());
  }

  @Override
  Stream<Way> ways() {
    return Stream.concat(
        Stream.of(
                "async",
                "async-pool",
                "async-scheduler",
                "async-of-a-class",
                "submit",
                "pool-of-the-pool",
                "simple",
                "concurrent",
                "adapter",
                "fixed",
                "invoke-all",
                "of-a-class",
                "fork-join",
                "event",
                "event-async",
                "event-committed",
                "callable",
                "web-async-task",
                "streaming",
                "deferred")
            .map(Way::forwards),
        Stream.of(
                "async-exempt",
                "fork-join-of-a-class",
                "ordered",
                "exempt",
                "scheduled-pool",
                "scheduled",
                "elastic")
            .map(way -> new Way(way, Outcome.NOTHING, "")));
  }

  @Test
  void concurrentRequests_haveTheirOwnHeaders() {
    assertNothingIsMixed(400);
  }

  /** The thread of another request resumes it. */
  @Test
  void coroutineOnAnExecutor_isNotMixed() throws Exception {
    ApplicationContext context = ((LocalApplication) application()).context();
    CoroutineDispatcher dispatcher = ExecutorsKt.from(context.getBean("pool", Executor.class));
    CompletableFuture<Boolean> nothing = new CompletableFuture<>();
    Continuation<Object> coroutine =
        new Continuation<>() {
          @Override
          public CoroutineContext getContext() {
            return dispatcher;
          }

          @Override
          public void resumeWith(Object result) {
            nothing.complete(CapturedHeaders.current().isEmpty());
          }
        };
    Context other =
        context
            .getBean(TracingPropagation.class)
            .extract(Context.root(), InboundHeaders.next().all(), new InboundHeaders.Getter());
    try (Scope scope = other.makeCurrent()) {
      dispatcher.interceptContinuation(coroutine).resumeWith(Unit.INSTANCE);
    }
    assertThat(nothing.get(20, TimeUnit.SECONDS)).isTrue();
  }
}
