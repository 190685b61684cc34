// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.mesh.TestEnvoy;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story from the command line with Envoys as gateway and sidecars, and a real Zipkin. */
@Timeout(240)
final class EnvoyStoryTest {
  private final String envoy = TestEnvoy.program();
  private final URI zipkin = SharedZipkin.uri();

  EnvoyStoryTest() throws Exception {}

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "grpc"})
  void story_hasTheCountsOfBuiltInSidecars(String client) {
    CommandRun story = run("--requests=10", "--json", "--envoy=" + envoy, "--client=" + client);

    assertThat(story.status()).as(story.toString()).isZero();
    assertThat(story.out())
        .startsWith(
            "{\"withoutForwarding\":{\"requests\":10,\"continued\":0,\"traces\":20,\"whole\":0},"
                + "\"withForwarding\":{\"requests\":10,\"continued\":10,\"traces\":10,\"whole\":10},"
                + "\"sampling\":{\"percent\":1,\"requests\":100,\"traced\":") // at random
        .contains("\"forced\":{\"requests\":10,\"traced\":10}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jaxrs", "grpc"})
  void everyProvider_continuesOnlyWithForwarding(String client) throws Exception {
    CommandRun story =
        run("--requests=3", "--json", "--envoy=" + envoy, "--provider=all", "--client=" + client);

    assertThat(story.status()).as(story.toString()).isZero();
    JsonNode providers = story.json().path("providers");
    assertThat(providers)
        .extracting(provider -> provider.path("provider").asText())
        .containsExactlyElementsOf(Arrays.stream(Tracer.values()).map(Tracer::toString).toList());
    for (JsonNode provider : providers) {
      assertThat(provider.at("/withoutForwarding/continued").asInt()).isZero();
      assertThat(provider.at("/withForwarding/continued").asInt()).isEqualTo(3);
    }
    assertThat(providers.at("/0/withoutForwarding/traces").asInt()).isEqualTo(6);
    assertThat(providers.at("/0/withForwarding/whole").asInt()).isEqualTo(3);
  }

  @Test
  void oneProvider_showsItsHeadersAtEachHop() {
    CommandRun story = run("--requests=3", "--envoy=" + envoy, "--provider=skywalking");

    assertThat(story.status()).as(story.toString()).isZero();
    assertThat(story.out())
        .containsPattern("(?m)^  sw8 +1-\\S+ +- +1-")
        .contains("ok: 0 of 3 continue at ratings")
        .contains("ok: 3 of 3 continue at ratings");
    assertThat(story.err()).isEmpty();
  }

  @Test
  void providerOfZipkin_playsTheStory() {
    CommandRun story = run("--requests=3", "--envoy=" + envoy, "--provider=zipkin-w3c");

    assertThat(story.status()).as(story.toString()).isZero();
    assertThat(story.out())
        .containsPattern("(?m)^  traceparent +00-\\S+ +- +00-") // reviews forwards B3 alone
        .contains("ok: 3 requests made 3 traces, 3 of them whole");
  }

  @Test
  void envoyThatDoesNotStart_isReportedWithItsName() {
    CommandRun story = run("--envoy=/bin/false");

    assertThat(story.status()).isEqualTo(1);
    assertThat(story.err()).startsWith("run: the Envoy of ratings.default does not start");
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("--exit", "--zipkin=" + zipkin), Arrays.stream(arguments))
            .toArray(String[]::new));
  }
}
