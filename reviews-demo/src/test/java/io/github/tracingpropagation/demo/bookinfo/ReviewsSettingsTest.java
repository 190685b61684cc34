// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReviewsSettingsTest {
  @Test
  void settings_withoutVariables_areBookinfos() {
    assertThat(from(Map.of()))
        .isEqualTo(
            new ReviewsSettings(
                false,
                "black",
                URI.create("http://ratings:9080/ratings"),
                Duration.ofSeconds(10),
                "null",
                "null",
                "okhttp"));
  }

  @Test
  void settings_withEveryVariable_areTheirs() {
    Map<String, String> variables =
        Map.of(
            "ENABLE_RATINGS", "TRUE",
            "STAR_COLOR", "red",
            "RATINGS_HOSTNAME", "ratings_v2",
            "SERVICES_DOMAIN", "default.svc.cluster.local",
            "RATINGS_SERVICE_PORT", "8080",
            "HOSTNAME", "reviews-v3",
            "CLUSTER_NAME", "cluster2",
            "RATINGS_CLIENT", "jaxrs");

    assertThat(from(variables))
        .isEqualTo(
            new ReviewsSettings(
                true,
                "red",
                URI.create("http://ratings_v2.default.svc.cluster.local:8080/ratings"),
                Duration.ofMillis(2500),
                "reviews-v3",
                "cluster2",
                "jaxrs"));
  }

  @ParameterizedTest
  @CsvSource({"grpc, 9081", "okhttp, 9080", "jaxrs, 9080"})
  void port_isThatOfTheClientsProtocol(String client, int port) {
    assertThat(from(Map.of("RATINGS_CLIENT", client)).ratings()).hasPort(port);
    assertThat(
            from(Map.of(
                    "RATINGS_CLIENT",
                    client,
                    "RATINGS_SERVICE_PORT",
                    "1",
                    "RATINGS_SERVICE_PORT_GRPC",
                    "2"))
                .ratings())
        .hasPort(client.equals("grpc") ? 2 : 1);
  }

  @ParameterizedTest
  @CsvSource({"ratings.", "10.0.0.1", "[::1]", "ratings-v1.example.com"})
  void host_ofAnyForm_isAccepted(String host) {
    assertThat(from(Map.of("RATINGS_HOSTNAME", host)).ratings())
        .hasToString("http://" + host + ":9080/ratings");
  }

  private static ReviewsSettings from(Map<String, String> variables) {
    return ReviewsSettings.from(new Environment(variables));
  }
}
