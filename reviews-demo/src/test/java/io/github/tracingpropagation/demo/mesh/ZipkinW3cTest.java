// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.RequestHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Envoy's Zipkin tracer with B3 and W3C headers: either is enough to continue a trace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class ZipkinW3cTest {
  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String OTHER = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "a2fb4a1d1a96d312";

  private Chain chain;

  @BeforeAll
  void start() throws Exception {
    chain =
        new Chain(
            new EnvoySidecars(
                TestEnvoy.program(), Tracer.ZIPKIN_W3C, "test", EnvoySidecars.NO_COLLECTOR),
            100);
  }

  @AfterAll
  void stop() {
    if (chain != null) {
      chain.close();
    }
  }

  @Test
  void w3cAlone_continuesTheTraceInBoth() throws Exception {
    assertTrace(TRACE, List.of("traceparent: 00-" + TRACE + "-" + SPAN + "-01"));
  }

  @Test
  void b3Alone_continuesTheTraceInBoth() throws Exception {
    assertTrace(TRACE, List.of("x-b3-traceid: " + TRACE, "x-b3-spanid: " + SPAN));
  }

  @Test
  void b3_winsOverW3c() throws Exception {
    assertTrace(
        TRACE,
        List.of(
            "traceparent: 00-" + OTHER + "-" + SPAN + "-01",
            "x-b3-traceid: " + TRACE,
            "x-b3-spanid: " + SPAN));
  }

  private void assertTrace(String trace, List<String> sent) throws Exception {
    Map<String, RequestHeaders> hops = chain.sendToReviews(sent);
    hops.forEach(
        (hop, request) -> {
          assertThat(request.get("x-b3-traceid", "-")).as(hop).isEqualTo(trace);
          assertThat(request.get("traceparent", "-")).as(hop).startsWith("00-" + trace + "-");
        });
  }
}
