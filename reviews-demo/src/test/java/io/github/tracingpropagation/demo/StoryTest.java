// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The story with a real Zipkin, told by the command line. */
@Timeout(120)
final class StoryTest {
  private static ZipkinServer server;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startZipkin() throws Exception {
    server = ZipkinServer.start(ZipkinServer.jar());
  }

  @AfterAll
  static void stopZipkin() {
    server.close();
  }

  @Test
  void story_endsWell() throws Exception {
    assertThat(run("--exit", "--requests", "20")).isZero();
    assertThat(out.toString())
        .contains(
            "ok: 20 requests made 40 traces, 0 of them whole",
            "ok: reviews forwarded what it was to forward, unchanged",
            "ok: 20 requests made 20 traces, 20 of them whole",
            "into reviews               out of reviews             into ratings",
            server.uri() + "/zipkin/traces/")
        .containsPattern("(?m)^  istio-ingressgateway +client +\\|=+ *\\| +[0-9.]+ ms$")
        .containsPattern("(?m)^        ratings +server +\\| +=+ *\\| +[0-9.]+ ms$")
        .doesNotContain("NOT OK", "\u001b", "\r");
    assertThat(err.toString()).isEmpty();
    assertThat(Zipkin.at(server.uri()).links())
        .extracting(link -> link.parent() + " -> " + link.child())
        .containsExactlyInAnyOrder("istio-ingressgateway -> reviews", "reviews -> ratings");
  }

  @ParameterizedTest
  @CsvSource({"v1, okhttp, 7, 7", "v2, jaxrs, 14, 0", "v3, jaxrs, 14, 0"})
  void json_isWhatZipkinHas(String version, String client, int traces, int whole) throws Exception {
    assertThat(
            run(
                "--exit",
                "--json",
                "--requests=7",
                "--sampling=0",
                "--version=" + version,
                "--client=" + client))
        .isZero();
    JsonNode json = Json.read(out.toString().getBytes(StandardCharsets.UTF_8));
    String trace = json.path("trace").asText();
    assertThat(out.toString())
        .isEqualTo(
            ("{\"withoutForwarding\":{\"requests\":7,\"traces\":%d,\"whole\":%d},"
                    + "\"withForwarding\":{\"requests\":7,\"traces\":7,\"whole\":7},"
                    + "\"sampling\":{\"percent\":0,\"requests\":7,\"traced\":0},"
                    + "\"forced\":{\"requests\":7,\"traced\":7},"
                    + "\"zipkin\":\"%s\",\"trace\":\"%s\"}%n")
                .formatted(traces, whole, server.uri(), trace));
    assertThat(Zipkin.at(server.uri()).trace(trace).services()).contains("reviews");
    assertThat(err.toString()).contains("x-b3-sampled: 1").doesNotContain("\u001b");
  }

  @Test
  void everySampled_isTracedAtAHundredPercent() throws Exception {
    assertThat(run("mesh", "--exit", "--json", "--requests=5", "--sampling=100")).isZero();
    assertThat(out.toString()).contains("\"percent\":100,\"requests\":5,\"traced\":5");
  }

  @Test
  void provider_whoseHeadersTheSidecarsDoNotSpeak_breaksThePromise() {
    assertThat(run("--exit", "--requests=5", "--provider=datadog,skywalking")).isEqualTo(1);
    assertThat(out.toString())
        .contains("NOT OK: 5 requests made 10 traces, 0 of them whole")
        .contains("ok: reviews forwarded what it was to forward, unchanged");
  }

  @Test
  void provider_whoseHeadersTheSidecarsSpeak_keepsIt() {
    assertThat(run("--exit", "--requests=5", "--provider", "Zipkin")).isZero();
  }

  @Test
  @SuppressWarnings("try") // closed before its end
  void zipkin_thatDiesInTheMiddle_endsTheStory() throws Exception {
    try (ZipkinServer mortal = ZipkinServer.start(ZipkinServer.jar())) {
      assertThat(mortal.uri()).isNotEqualTo(server.uri());
      PrintWriter killer =
          new PrintWriter(out) {
            @Override
            public void println(String line) {
              super.println(line);
              if (line.startsWith("2. ")) {
                mortal.close();
              }
            }
          };
      assertThat(commandLine().setOut(killer).execute("--exit", "--zipkin=" + mortal.uri()))
          .isEqualTo(1);
      assertThat(out.toString()).contains("ok: 100 requests made 200 traces");
      assertThat(err.toString())
          .startsWith("run: no Zipkin answers at " + mortal.uri())
          .hasLineCount(1);
    }
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--zipkin=" + server.uri() + "/");
    return commandLine().execute(all.toArray(String[]::new));
  }

  private CommandLine commandLine() {
    return Main.commandLine(Map.of())
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }
}
