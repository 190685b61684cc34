// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import brave.Tracing;
import brave.httpclient5.HttpClient5Tracing;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule 7 together with Brave's own instrumentation, which sets the B3 headers. */
class BraveApacheHttpTest extends ApacheHttpTestCase {
  private static final String STALE = "80f198ee56343ba864fe8b2a57d3eff7";
  private static final List<String> INBOUND =
      List.of(
          "x-request-id: abc",
          "b3: " + STALE + "-e457b5a2e4d86bd1-1",
          "x-b3-traceid: " + STALE,
          "x-b3-spanid: e457b5a2e4d86bd1",
          "sw8: 1-MjI0-MTEx-3-cmV2-aW5z-L3Jl-OTA4MA==");

  private final Tracing tracing = Tracing.newBuilder().build();
  private final HttpClient5Tracing brave = HttpClient5Tracing.newBuilder(tracing);

  @AfterEach
  void stop() {
    tracing.close();
  }

  @Test
  void rule7_braveBuildsAnInstalledClient_bravesHeadersAreSent() throws Exception {
    CloseableHttpClient client =
        brave.build(ApacheHttpTracingPropagation.install(HttpClientBuilder.create()));

    assertOneFamily(() -> Clients.get(client, ratings.uri("/"), List.of()));
  }

  @Test
  void rule7_braveBuildsAnInstalledAsyncClient_bravesHeadersAreSent() throws Exception {
    CloseableHttpAsyncClient client =
        brave.build(ApacheHttpTracingPropagation.install(HttpAsyncClientBuilder.create()));

    assertOneFamily(() -> Clients.get(client, ratings.uri("/"), List.of()));
  }

  private void assertOneFamily(Callable<Integer> call) throws Exception {
    Context inbound = HeaderLines.extract(TracingPropagation.create(), INBOUND);
    assertThat(inbound.wrap(call).call()).isEqualTo(200);

    List<String> received = ratings.received();
    assertThat(received).contains(INBOUND.get(0), INBOUND.get(4));
    assertThat(received.toString()).doesNotContain(STALE);
    assertThat(received)
        .extracting(HeaderLines::name)
        .containsExactly("x-request-id", "x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "sw8");
  }
}
