// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Micrometer's context propagation, which Reactor and Spring use, has the captured headers. */
@SuppressWarnings("try") // a scope is only closed
class SnapshotsTest {
  private static final Context REQUEST =
      HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: abc"));

  private final ContextSnapshotFactory snapshots =
      ContextSnapshotFactory.builder().clearMissing(true).build();

  @Test
  void snapshot_isRestoredOnAnotherThread() {
    ContextSnapshot snapshot = captured(REQUEST);

    try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
      assertThat(requestId()).isEqualTo("abc");
      try (ContextSnapshot.Scope nested = snapshot.setThreadLocals()) {
        assertThat(requestId()).isEqualTo("abc");
      }
      assertThat(requestId()).isEqualTo("abc");
    }
  }

  @Test
  void snapshotOfABlockThatForwardsNothing_isEmpty() {
    // As Reactor does: without a value in the snapshot, what is there already is kept.
    ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().clearMissing(false).build();
    ContextSnapshot snapshot;
    try (Scope block = CapturedHeaders.empty().storeInContext(REQUEST).makeCurrent()) {
      snapshot = snapshots.captureAll();
    }

    try (Scope request = REQUEST.makeCurrent();
        ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
      assertThat(requestId()).isNull();
    }
  }

  /** A function that another request completes, as Reactor wraps it. */
  @Test
  void rule10_snapshotOfARequestWithoutHeaders_takesAwayWhatAThreadHas() {
    ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().clearMissing(false).build();
    ContextSnapshot snapshot;
    Context withoutHeaders = HeaderLines.extract(TracingPropagation.create(), List.of());
    try (Scope request = withoutHeaders.makeCurrent()) {
      snapshot = snapshots.captureAll();
    }

    try (Scope another = REQUEST.makeCurrent()) {
      assertThat(snapshot.wrap(SnapshotsTest::requestId).call()).isNull();
      assertThat(requestId()).isEqualTo("abc");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void rule10_snapshotOfAThreadWithoutContext_takesAwayWhatAThreadHas() {
    ContextSnapshot snapshot = captured(Context.root());

    try (Scope request = REQUEST.makeCurrent()) {
      try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
        assertThat(requestId()).isNull();
      }
      assertThat(requestId()).isEqualTo("abc");
    }
  }

  @Test
  void rule11_scopeClosedOnAnotherThread_leavesThatThreadAsItIs() throws Exception {
    ContextSnapshot.Scope scope = captured(REQUEST).setThreadLocals();
    AtomicReference<@Nullable String> other = new AtomicReference<>("");
    Thread thread =
        new Thread(
            () -> {
              try (Scope request = HeaderLines.captured("x-request-id: other").makeCurrent()) {
                scope.close();
                other.set(requestId());
              }
            });
    thread.start();
    thread.join();

    assertThat(other.get()).isEqualTo("other");
    scope.close();
    assertThat(requestId()).isNull();
  }

  private ContextSnapshot captured(Context context) {
    try (Scope scope = context.makeCurrent()) {
      return snapshots.captureAll();
    }
  }

  private static @Nullable String requestId() {
    return CapturedHeaders.current().requestId();
  }
}
