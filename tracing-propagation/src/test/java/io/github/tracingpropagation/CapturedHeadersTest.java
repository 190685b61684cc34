// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static io.github.tracingpropagation.testing.HeaderLines.captured;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is only there to be closed
class CapturedHeadersTest {
  private static final CapturedHeaders SNAPSHOT = captured("X-Request-Id: abc", "x-b3-sampled: 1");

  @Test
  void current_returnsTheCurrentSnapshot() {
    assertThat(CapturedHeaders.current()).isSameAs(CapturedHeaders.empty());
    try (Scope scope = SNAPSHOT.makeCurrent()) {
      assertThat(CapturedHeaders.current()).isSameAs(SNAPSHOT);
      try (Scope block = CapturedHeaders.empty().makeCurrent()) {
        assertThat(CapturedHeaders.current().isEmpty()).isTrue();
      }
    }
    assertThat(CapturedHeaders.current()).isSameAs(CapturedHeaders.empty());
  }

  @Test
  void get_acceptsANameInAnyCase() {
    assertThat(SNAPSHOT.get("x-request-id")).isEqualTo("abc");
    assertThat(SNAPSHOT.get("X-B3-SAMPLED")).isEqualTo("1");
    assertThat(SNAPSHOT.get("x-b3-traceid")).isNull();
    assertThat(SNAPSHOT.get("unknown")).isNull();
    assertThat(SNAPSHOT.get("")).isNull();
    assertThat(CapturedHeaders.empty().get("x-request-id")).isNull();
  }

  @Test
  void requestId_returnsTheHeadersValue() {
    assertThat(SNAPSHOT.requestId()).isEqualTo("abc");
    assertThat(captured("x-b3-sampled: 1").requestId()).isNull();
  }

  @Test
  void forEach_passesNamesInLowerCase() {
    Map<String, String> headers = new TreeMap<>();
    SNAPSHOT.forEach(headers::put);

    assertThat(headers).isEqualTo(Map.of("x-request-id", "abc", "x-b3-sampled", "1"));
  }

  @Test
  void equals_ignoresTheConfiguration() {
    TracingPropagation other =
        TracingPropagation.builder().additionalHeaders("x-own", "end-user").build();
    List<String> lines = List.of("x-b3-sampled: 1", "x-request-id: abc");

    assertThat(SNAPSHOT)
        .isEqualTo(captured(lines.toArray(String[]::new)))
        .isEqualTo(CapturedHeaders.from(HeaderLines.extract(other, lines)))
        .hasSameHashCodeAs(CapturedHeaders.from(HeaderLines.extract(other, lines)))
        .isNotEqualTo(captured("x-request-id: abc"))
        .isNotEqualTo(captured("x-request-id: abc", "x-b3-sampled: 0"))
        .isNotEqualTo(CapturedHeaders.empty());
    assertThat(captured("cookie: a=b")).isEqualTo(CapturedHeaders.empty());
  }

  @Test
  void toString_hidesValues() {
    assertThat(SNAPSHOT).hasToString("CapturedHeaders[x-request-id, x-b3-sampled]");
    assertThat(CapturedHeaders.empty()).hasToString("CapturedHeaders[]");
  }

  @Test
  void storeInContext_returnsANewContext() {
    Context context = SNAPSHOT.storeInContext(Context.root());

    assertThat(CapturedHeaders.from(context)).isSameAs(SNAPSHOT);
    assertThat(CapturedHeaders.from(Context.root()).isEmpty()).isTrue();
  }

  @Test
  void find_nullOnlyWhereNoSnapshotIsStored() {
    Context context = SNAPSHOT.storeInContext(Context.root());

    assertThat(CapturedHeaders.find(Context.root())).isNull();
    assertThat(CapturedHeaders.find(context)).isSameAs(SNAPSHOT);
    assertThat(CapturedHeaders.find(context.with(CapturedHeaders.empty())))
        .isSameAs(CapturedHeaders.empty());
  }

  @Test
  void removeFrom_keepsAllOtherValues() {
    ContextKey<String> other = ContextKey.named("other");
    Context context = Context.root().with(other, "kept").with(SNAPSHOT);
    Context removed = CapturedHeaders.removeFrom(context);

    assertThat(CapturedHeaders.find(removed)).isNull();
    assertThat(CapturedHeaders.from(removed)).isSameAs(CapturedHeaders.empty());
    assertThat(removed.get(other)).isEqualTo("kept");
    assertThat(CapturedHeaders.find(removed.with(CapturedHeaders.empty())))
        .isSameAs(CapturedHeaders.empty());
    assertThat(CapturedHeaders.find(removed.with(SNAPSHOT))).isSameAs(SNAPSHOT);
    assertThat(CapturedHeaders.removeFrom(removed)).isSameAs(removed);
    assertThat(CapturedHeaders.removeFrom(Context.root())).isSameAs(Context.root());
  }

  @Test
  void storeInContext_sameSnapshot_returnsTheSameContext() {
    Context context = SNAPSHOT.storeInContext(Context.root());

    assertThat(SNAPSHOT.storeInContext(context)).isSameAs(context);
  }
}
