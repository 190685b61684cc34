// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.backend.ZipkinServer;
import io.github.tracingpropagation.demo.envoy.TestEnvoy;
import io.github.tracingpropagation.demo.envoy.Tracer;
import io.github.tracingpropagation.demo.service.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The story from the command line with Envoys as gateway and sidecars, and a real Zipkin. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
final class EnvoyStoryTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String envoy;
  private ZipkinServer zipkin;

  @BeforeAll
  void start() throws Exception {
    envoy = TestEnvoy.program().toString();
    zipkin = ZipkinServer.start(ZipkinServer.jar());
  }

  @AfterAll
  void stop() {
    if (zipkin != null) {
      zipkin.close();
    }
  }

  @Test
  void story_hasTheCountsOfBuiltInSidecars() throws Exception {
    JsonNode envoys = story("--envoy=" + envoy);
    JsonNode builtIn = story();

    for (String step : new String[] {"withoutForwarding", "withForwarding", "forced"}) {
      assertThat(envoys.path(step)).as(step).isEqualTo(builtIn.path(step));
    }
    assertThat(envoys.at("/sampling/requests")).isEqualTo(builtIn.at("/sampling/requests"));
    // How many of them are traced is at random; the story fails unless that is plausible.
  }

  @Test
  void everyProvider_continuesOnlyWithForwarding() throws Exception {
    JsonNode providers = story("--envoy=" + envoy, "--provider=all").path("providers");

    assertThat(providers)
        .extracting(provider -> provider.path("provider").asText())
        .containsExactlyElementsOf(Arrays.stream(Tracer.values()).map(Tracer::label).toList());
    for (JsonNode provider : providers) {
      assertThat(provider.at("/withoutForwarding/continued").asInt()).isZero();
      assertThat(provider.at("/withForwarding/continued").asInt()).isEqualTo(10);
    }
    assertThat(providers.at("/0/withoutForwarding/traces").asInt()).isEqualTo(20);
    assertThat(providers.at("/0/withForwarding/whole").asInt()).isEqualTo(10);
  }

  @Test
  void oneProvider_showsItsHeadersAtEachHop() {
    assertThat(run("--exit", "--requests=3", "--envoy=" + envoy, "--provider=skywalking")).isZero();

    assertThat(out.toString())
        .containsPattern("(?m)^  sw8 +1-\\S+ +- +1-")
        .contains("ok: without forwarding, 0 of 3 traces continue")
        .contains("ok: with forwarding, 3 of 3 traces continue");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void providerOfZipkin_playsTheStory() {
    assertThat(run("--exit", "--requests=3", "--envoy=" + envoy, "--provider=zipkin-w3c")).isZero();

    assertThat(out.toString())
        .containsPattern("(?m)^  traceparent +00-\\S+ +- +00-") // reviews forwards B3 alone
        .contains("ok: 3 requests made 3 traces, 3 of them whole");
  }

  @Test
  void envoyThatDoesNotStart_isToldByItsOutput() {
    assertThat(run("--exit", "--envoy=/bin/false")).isEqualTo(1);

    assertThat(err.toString()).startsWith("run: the Envoy of ratings.default does not start");
  }

  private JsonNode story(String... arguments) throws Exception {
    String[] all =
        Stream.concat(Stream.of("--exit", "--json", "--requests=10"), Arrays.stream(arguments))
            .toArray(String[]::new);
    assertThat(run(all)).as(err.toString()).isZero();
    return Json.read(out.toString().getBytes(UTF_8));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.commandLine(Map.of())
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            Stream.concat(Arrays.stream(arguments), Stream.of("--zipkin=" + zipkin.uri()))
                .toArray(String[]::new));
  }
}
