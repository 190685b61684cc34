// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import brave.Tracing;
import brave.okhttp3.TracingCallFactory;
import brave.okhttp3.TracingInterceptor;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule 7 together with Brave's own instrumentation of OkHttp, which sets the B3 headers. */
@SuppressWarnings("try") // the scope is only closed
class BraveOkHttpTest {
  private static final String STALE = "80f198ee56343ba864fe8b2a57d3eff7";
  private static final List<String> INBOUND =
      List.of(
          "x-request-id: abc",
          "b3: " + STALE + "-e457b5a2e4d86bd1-1",
          "x-b3-traceid: " + STALE,
          "x-b3-spanid: e457b5a2e4d86bd1",
          "sw8: 1-MjI0-MTEx-3-cmV2-aW5z-L3Jl-OTA4MA==");

  private final TracingPropagation propagation = TracingPropagation.create();
  private final Tracing tracing = Tracing.newBuilder().build();
  private final Downstream ratings = Downstream.start();

  @AfterEach
  void stop() {
    tracing.close();
    ratings.close();
  }

  @Test
  void rule7_braveWrapsTheInstalledClient_bravesHeadersAreSent() throws Exception {
    OkHttpClient installed =
        OkHttpTracingPropagation.install(new OkHttpClient.Builder(), propagation).build();

    assertOneFamily(TracingCallFactory.create(tracing, installed));
  }

  @Test
  void rule7_installedAfterBrave_bravesHeadersAreSent() throws Exception {
    OkHttpClient.Builder brave =
        new OkHttpClient.Builder().addNetworkInterceptor(TracingInterceptor.create(tracing));

    assertOneFamily(OkHttpTracingPropagation.install(brave, propagation).build());
  }

  private void assertOneFamily(Call.Factory client) throws IOException {
    try (Scope scope = HeaderLines.extract(propagation, INBOUND).makeCurrent()) {
      client
          .newCall(new Request.Builder().url(ratings.uri("/").toString()).build())
          .execute()
          .close();
    }

    List<String> received = ratings.received();
    assertThat(received).contains(INBOUND.get(0), INBOUND.get(4));
    assertThat(received.toString()).doesNotContain(STALE);
    assertThat(received)
        .extracting(HeaderLines::name)
        .containsExactly("x-request-id", "x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "sw8");
  }
}
