// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.backend.ZipkinServer;
import io.github.tracingpropagation.demo.service.Http;
import io.github.tracingpropagation.demo.service.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
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

/** The story from the command line, with a real Zipkin. */
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
  void story_passes() throws Exception {
    assertThat(run("--exit", "--requests", "20")).isZero();
    assertThat(out.toString())
        .contains(
            "ok: 20 requests made 40 traces, 0 of them whole",
            "ok: reviews forwarded what it was to forward, unchanged",
            "ok: 20 requests made 20 traces, 20 of them whole",
            "into reviews               out of reviews             into ratings",
            server.uri() + "/zipkin/traces/")
        .containsPattern(
            "(?m)^  istio-ingressgateway.istio-system +server +\\|=+ *\\| +[0-9.]+ ms$")
        .containsPattern("(?m)^          ratings.default +server +\\| +=+ *\\| +[0-9.]+ ms$")
        .doesNotContain("NOT OK", "\u001b", "\r");
    assertThat(err.toString()).isEmpty();
    String query = "/api/v2/dependencies?endTs=" + System.currentTimeMillis();
    assertThat(zipkin(query))
        .extracting(link -> link.path("parent").asText() + " -> " + link.path("child").asText())
        .containsExactlyInAnyOrder(
            "istio-ingressgateway.istio-system -> reviews.default",
            "reviews.default -> ratings.default");
  }

  @ParameterizedTest
  @CsvSource({"v1, okhttp, 7, 7", "v2, jaxrs, 14, 0", "v3, jaxrs, 14, 0"})
  void json_hasTheCountsOfZipkin(String version, String client, int traces, int whole)
      throws Exception {
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
    assertThat(zipkin("/api/v2/trace/" + trace))
        .extracting(span -> span.path("localEndpoint").path("serviceName").asText())
        .contains("reviews.default");
    assertThat(err.toString()).contains("x-b3-sampled: 1").doesNotContain("\u001b");
  }

  @Test
  void samplingOf100Percent_tracesEveryRequest() throws Exception {
    assertThat(run("mesh", "--exit", "--json", "--requests=5", "--sampling=100")).isZero();
    assertThat(out.toString()).contains("\"percent\":100,\"requests\":10,\"traced\":10");
  }

  @ParameterizedTest
  @CsvSource({"'datadog,skywalking', 1, 10 traces", "zipkin, 0, 5 traces"})
  void providersOfTheEnvironment_passOnlyWithB3(String providers, int status, String traces) {
    System.setProperty("tracing.propagation.providers", providers);
    try {
      assertThat(run("--exit", "--requests=5")).isEqualTo(status);
    } finally {
      System.clearProperty("tracing.propagation.providers");
    }
    assertThat(out.toString())
        .containsSubsequence(
            "2. ", "ok: reviews forwarded what it was to forward, unchanged", traces);
  }

  @Test
  @SuppressWarnings("try") // close() is called inside the block, too
  void zipkin_stoppedDuringTheStory_isOneLine() throws Exception {
    try (ZipkinServer stopped = ZipkinServer.start(ZipkinServer.jar())) {
      assertThat(stopped.uri()).isNotEqualTo(server.uri());
      PrintWriter stopping =
          new PrintWriter(out) {
            @Override
            public void println(String line) {
              super.println(line);
              if (line.startsWith("2. ")) {
                stopped.close();
              }
            }
          };
      assertThat(commandLine().setOut(stopping).execute("--exit", "--zipkin=" + stopped.uri()))
          .isEqualTo(1);
      assertThat(out.toString()).contains("ok: 100 requests made 200 traces");
      assertThat(err.toString())
          .startsWith("run: no Zipkin answers at " + stopped.uri())
          .hasLineCount(1);
    }
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--zipkin=" + server.uri() + "/");
    return commandLine().execute(all.toArray(String[]::new));
  }

  private static JsonNode zipkin(String query) throws IOException {
    String json = Http.get(URI.create(server.uri() + query)).body();
    return Json.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private CommandLine commandLine() {
    return Main.commandLine(Map.of())
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }
}
