// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.INBOUND;
import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.tracingpropagation.demo.mesh.Sidecars.Route;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The configuration that the templates make. */
final class EnvoyConfigurationTest {
  private static final URI COLLECTOR = URI.create("http://zipkin.example:9411/base");

  @ParameterizedTest
  @EnumSource(Tracer.class)
  void eachTracer_isInEachListener(Tracer tracer) throws Exception {
    JsonNode resources = sidecar(tracer).path("static_resources");

    assertThat(resources.path("listeners")).hasSize(2);
    for (JsonNode listener : resources.path("listeners")) {
      assertThat(tracing(listener).at("/provider/typed_config/@type").asText())
          .startsWith("type.googleapis.com/envoy.config.trace.v3.");
    }
    assertThat(resources.path("clusters"))
        .extracting(cluster -> cluster.path("name").asText())
        .containsExactly("collector", "outbound|9080||ratings.svc.cluster.local", "inbound|9080||");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.01, 0.01", "100, 100"})
  void rate_isTheRandomSampling(double percent, double expected) throws Exception {
    Route route = new Route(OUTBOUND, "reviews", URI.create("http://x:1"));
    JsonNode gateway = gatewayOrSidecar(Tracer.ZIPKIN, true, percent, route);
    JsonNode tracing = tracing(gateway.at("/static_resources/listeners/0"));

    assertThat(tracing.at("/random_sampling/value").asDouble()).isEqualTo(expected);
    assertThat(tracing.path("spawn_upstream_span").asBoolean()).isTrue();
  }

  @Test
  void zipkin_isSentToTheCollector() throws Exception {
    JsonNode resources = sidecar(Tracer.ZIPKIN).path("static_resources");

    assertThat(
            tracing(resources.at("/listeners/0"))
                .at("/provider/typed_config/collector_service/http_uri/uri")
                .asText())
        .isEqualTo("http://zipkin.example:9411/base/api/v2/spans");
    assertThat(
            resources.at(
                "/clusters/0/load_assignment/endpoints/0/lb_endpoints/0/endpoint/address/socket_address"))
        .hasToString("{\"address\":\"zipkin.example\",\"port_value\":9411}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | true | connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes",
        "1 | false | reset-before-request"
      })
  void retries_areThoseOfIstio(int listener, boolean counted, String conditions) throws Exception {
    JsonNode host =
        sidecar(Tracer.ZIPKIN)
            .at("/static_resources/listeners/" + listener)
            .at("/filter_chains/0/filters/0/typed_config/route_config/virtual_hosts/0");
    JsonNode policy = host.at("/routes/0/route/retry_policy");

    assertThat(host.path("include_request_attempt_count").asBoolean()).isEqualTo(counted);
    assertThat(policy.path("retry_on").asText()).isEqualTo(conditions);
    assertThat(policy.path("num_retries").asInt()).isEqualTo(2);
  }

  @Test
  void tags_areThoseOfIstio() throws Exception {
    assertThat(
            tracing(sidecar(Tracer.ZIPKIN).at("/static_resources/listeners/0")).path("custom_tags"))
        .extracting(tag -> tag.path("tag").asText().replace("istio.", ""))
        .containsExactly(
            "mesh_id", "canonical_service", "canonical_revision", "namespace", "cluster_id");
  }

  private static JsonNode sidecar(Tracer tracer) throws Exception {
    return gatewayOrSidecar(
        tracer,
        false,
        100,
        new Route(OUTBOUND, "ratings", URI.create("http://x:1")),
        new Route(INBOUND, "reviews", URI.create("http://x:2")));
  }

  private static JsonNode gatewayOrSidecar(
      Tracer tracer, boolean isGateway, double percent, Route... routes) throws Exception {
    EnvoySidecars sidecars = new EnvoySidecars("envoy", tracer, "mesh", COLLECTOR);
    return new YAMLMapper().readTree(sidecars.configuration("reviews", isGateway, percent, routes));
  }

  private static JsonNode tracing(JsonNode listener) {
    return listener.at("/filter_chains/0/filters/0/typed_config/tracing");
  }
}
