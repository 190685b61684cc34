// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TracerTest {
  @ParameterizedTest
  @CsvSource({
    "ZIPKIN, x-b3-traceid, 463ac35c9f6413ad, 463ac35c9f6413ad",
    "JAEGER, x-b3-traceid, 463ac35c9f6413ad, 463ac35c9f6413ad",
    "OPENTELEMETRY, traceparent, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,"
        + " 0af7651916cd43dd8448eb211c80319c",
    "STACKDRIVER, traceparent, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,"
        + " 0af7651916cd43dd8448eb211c80319c",
    "DATADOG, x-datadog-trace-id, 4242, 4242",
    "SKYWALKING, sw8, 1-dHJhY2U=-c2VnbWVudA==-0-cw==-aQ==-ZQ==-YQ==, dHJhY2U=",
    "XRAY, x-amzn-trace-id, Parent=1;Root=1-5759e988-bd862e3f;Sampled=1, Root=1-5759e988-bd862e3f",
  })
  void id_isReadFromTheHeader(Tracer tracer, String header, String value, String id) {
    assertThat(tracer.ids(request(Map.of(header, value)))).isEqualTo("r " + id);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENTELEMETRY, traceparent, 00",
    "SKYWALKING, sw8, 1-?",
    "XRAY, x-amzn-trace-id, Parent=1",
    "ZIPKIN_W3C, x-b3-traceid, 463ac35c9f6413ad",
    "ZIPKIN, b3, 0",
  })
  void missingId_isNone(Tracer tracer, String header, String value) {
    assertThat(tracer.ids(request(Map.of(header, value)))).isNull();
  }

  private static RequestHeaders request(Map<String, String> headers) {
    return RequestHeaders.builder(HttpMethod.GET, "/")
        .add("x-request-id", "r")
        .add(headers.entrySet())
        .build();
  }
}
