// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.tracingpropagation.demo.bookinfo.Http;
import io.github.tracingpropagation.demo.bookinfo.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The story from the command line, with a real Zipkin. */
@Timeout(120)
final class StoryTest {
  private final URI zipkin = SharedZipkin.uri();

  StoryTest() throws Exception {}

  @Test
  void story_passes() throws Exception {
    CommandRun story = run("--exit", "--requests", "20");

    assertThat(story.status()).as(story.toString()).isZero();
    assertThat(story.out())
        .contains(
            "ok: 20 requests made 40 traces, 0 of them whole",
            "ok: reviews forwarded what it was to forward, unchanged",
            "ok: 20 requests made 20 traces, 20 of them whole",
            "into reviews               out of reviews             into ratings",
            zipkin + "/zipkin/traces/")
        .containsPattern(
            "(?m)^  istio-ingressgateway.istio-system +server +\\|=+ *\\| +[0-9.]+ ms$")
        .containsPattern("(?m)^          ratings.default +server +\\| *=+ *\\| +[0-9.]+ ms$")
        .doesNotContain("NOT OK", "\u001b", "\r");
    assertThat(story.err()).isEmpty();
    assertThat(zipkin("/api/v2/dependencies?endTs=" + System.currentTimeMillis()))
        .extracting(link -> link.path("parent").asText() + " -> " + link.path("child").asText())
        .contains(
            "istio-ingressgateway.istio-system -> reviews.default",
            "reviews.default -> ratings.default");
  }

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "jaxrs", "grpc"})
  void json_hasTheCountsOfZipkin(String client) throws Exception {
    CommandRun story = run("--exit", "--json", "--requests=7", "--client=" + client);

    assertThat(story.status()).as(story.toString()).isZero();
    String trace = story.json().path("trace").asText();
    int traced = story.json().at("/sampling/traced").asInt();
    assertThat(traced).isLessThan(20); // of 70, 1 % at random
    assertThat(story.out())
        .isEqualTo(
            ("{\"withoutForwarding\":{\"requests\":7,\"continued\":0,\"traces\":14,\"whole\":0},"
                    + "\"withForwarding\":{\"requests\":7,\"continued\":7,\"traces\":7,\"whole\":7},"
                    + "\"sampling\":{\"percent\":1,\"requests\":70,\"traced\":%d},"
                    + "\"forced\":{\"requests\":7,\"traced\":7},"
                    + "\"zipkin\":\"%s\",\"trace\":\"%s\"}%n")
                .formatted(traced, zipkin, trace));
    assertThat(zipkin("/api/v2/trace/" + trace))
        .extracting(span -> span.path("localEndpoint").path("serviceName").asText())
        .contains("reviews.default");
    assertThat(story.err()).contains("x-b3-sampled: 1").doesNotContain("\u001b");
  }

  @Test
  void clientOfTheEnvironment_isUsed() {
    CommandRun story =
        CommandRun.of(
            Map.of("RATINGS_CLIENT", "grpc"), "--exit", "--requests=1", "--zipkin=" + zipkin);

    assertThat(story.status()).as(story.toString()).isZero();
    assertThat(story.out()).contains("by gRPC");
  }

  @ParameterizedTest
  @CsvSource({"'datadog,skywalking', 1, 10 traces", "zipkin, 0, 5 traces"})
  void providersOfTheEnvironment_passOnlyWithB3(String providers, int status, String traces) {
    CommandRun story;
    System.setProperty("tracing.propagation.providers", providers);
    try {
      story = run("--exit", "--requests=5");
    } finally {
      System.clearProperty("tracing.propagation.providers");
    }
    assertThat(story.status()).as(story.toString()).isEqualTo(status);
    assertThat(story.out())
        .containsSubsequence(
            "2. ", "ok: reviews forwarded what it was to forward, unchanged", traces);
  }

  @Test
  void zipkin_goneDuringTheStory_isOneLine() {
    WireMockServer front = new WireMockServer(wireMockConfig().dynamicPort());
    front.start();
    String uri = front.baseUrl();
    try {
      front.stubFor(any(anyUrl()).willReturn(aResponse().proxiedFrom(zipkin.toString())));
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      PrintWriter stopping =
          new PrintWriter(out) {
            @Override
            public void println(String line) {
              super.println(line);
              if (line.startsWith("2. ")) {
                front.stop();
              }
            }
          };
      assertThat(
              Main.commandLine(Map.of())
                  .setOut(stopping)
                  .setErr(new PrintWriter(err, true))
                  .execute("--exit", "--requests=5", "--zipkin=" + uri))
          .isEqualTo(1);
      assertThat(out.toString()).contains("ok: 5 requests made 10 traces");
      assertThat(err.toString()).startsWith("run: no Zipkin answers at " + uri).hasLineCount(1);
    } finally {
      front.stop();
    }
  }

  private CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--zipkin=" + zipkin + "/");
    return CommandRun.of(all.toArray(String[]::new));
  }

  private JsonNode zipkin(String query) throws IOException {
    return Json.read(Http.get(URI.create(zipkin + query)).body().getBytes(UTF_8));
  }
}
