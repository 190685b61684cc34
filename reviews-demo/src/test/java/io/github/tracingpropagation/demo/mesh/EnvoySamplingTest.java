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
    try (Chain chain = chain(mesh, reviews)) {
      assertDecision(chain.sendToGateway(List.of()), mesh == 0 ? "0" : "1");
      assertDecision(chain.sendToReviews(List.of()), reviews == 0 ? "0" : "1");
    }
  }

  private static Chain chain(double mesh, double reviews) throws Exception {
    return new Chain(
        new EnvoySidecars(TestEnvoy.program(), Tracer.ZIPKIN, "test", EnvoySidecars.NO_COLLECTOR),
        mesh,
        reviews,
        TracingPropagation.create(),
        null);
  }

  private static void assertDecision(Map<String, RequestHeaders> hops, String decision) {
    hops.forEach(
        (hop, request) -> assertThat(request.get("x-b3-sampled", "-")).as(hop).isEqualTo(decision));
  }
}
