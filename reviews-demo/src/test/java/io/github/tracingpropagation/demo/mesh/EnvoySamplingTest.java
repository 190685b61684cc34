// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which Envoy decides, if the annotation of the pod of reviews sets another rate than the mesh: the
 * first one that gets a request. The others obey the header {@code x-b3-sampled} that it sends.
 */
@Timeout(120)
final class EnvoySamplingTest {
  @ParameterizedTest
  @CsvSource({"0, 100", "100, 0"})
  void firstEnvoy_decides(double mesh, double reviews) throws Exception {
    try (Chain chain = chain(Tracer.ZIPKIN, mesh, reviews)) {
      assertDecision(chain.sendToGateway(List.of()), mesh == 0 ? "0" : "1");
      assertDecision(chain.sendToReviews(List.of()), reviews == 0 ? "0" : "1");
    }
  }

  /** Where the rate is 0: the tracer's header if a client sends nothing, or one of the two. */
  @ParameterizedTest
  @CsvSource({
    "ZIPKIN,        x-b3-sampled,                0,     1,     1",
    "OPENTELEMETRY, traceparent,                 .*-00, .*-00, .*-01",
    "DATADOG,       x-datadog-sampling-priority, -1,    -1,    1",
    "SKYWALKING,    sw8,                         none,  none,  1-.*",
  })
  void client_forcesATrace(
      Tracer tracer, String header, String nothing, String b3Sampled, String clientTraceId)
      throws Exception {
    try (Chain chain = chain(tracer, 0, 0)) {
      assertThat(intoReviews(chain, header)).matches(nothing);
      assertThat(intoReviews(chain, header, "x-b3-sampled: 1")).matches(b3Sampled);
      assertThat(intoReviews(chain, header, "x-client-trace-id: 1")).matches(clientTraceId);
    }
  }

  private static String intoReviews(Chain chain, String header, String... sent) throws Exception {
    return chain.sendToGateway(List.of(sent)).values().iterator().next().get(header, "none");
  }

  private static Chain chain(Tracer tracer, double mesh, double reviews) throws Exception {
    return new Chain(
        new EnvoySidecars(TestEnvoy.program(), tracer, "test", EnvoySidecars.NO_COLLECTOR),
        mesh,
        reviews,
        TracingPropagation.create());
  }

  private static void assertDecision(Map<String, RequestHeaders> hops, String decision) {
    hops.forEach(
        (hop, request) -> assertThat(request.get("x-b3-sampled", "-")).as(hop).isEqualTo(decision));
  }
}
