// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.backend.JaegerServer;
import io.github.tracingpropagation.demo.service.Http;
import io.github.tracingpropagation.demo.service.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The story from the command line, with a real Jaeger. */
@Timeout(120)
final class JaegerStoryTest {
  private static JaegerServer jaeger;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startJaeger() throws Exception {
    jaeger = JaegerServer.start();
  }

  @AfterAll
  static void stopJaeger() {
    if (jaeger != null) {
      jaeger.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "jaxrs"})
  void story_passes(String client) throws Exception {
    assertThat(run(jaeger.query(), "--exit", "--requests=20", "--client=" + client))
        .as(out.toString())
        .isZero();

    assertThat(out.toString())
        .contains(
            "ok: 20 requests made 40 traces, 0 of them whole",
            "ok: 20 requests made 20 traces, 20 of them whole",
            jaeger.query() + "/trace/")
        .doesNotContain("NOT OK", "Zipkin", "zipkin");
    assertThat(err.toString()).isEmpty();
    String services = Http.get(jaeger.query().resolve("/api/services")).body();
    assertThat(services).contains("istio-ingressgateway", "reviews", "ratings");
  }

  @Test
  void json_namesJaeger_andATraceThatItHas() throws Exception {
    assertThat(run(jaeger.query(), "--exit", "--json", "--requests=7", "--sampling=0")).isZero();

    JsonNode json = Json.read(out.toString().getBytes(UTF_8));
    assertThat(json.path("jaeger").asText()).isEqualTo(jaeger.query().toString());
    assertThat(json.has("zipkin")).isFalse();
    URI trace = jaeger.query().resolve("/api/traces/" + json.path("trace").asText());
    assertThat(Http.get(trace).status()).isEqualTo(200);
  }

  @Test
  void wrongCollector_isOneLine() {
    assertThat(
            commandLine()
                .execute(
                    "--exit", "--jaeger=" + jaeger.query(), "--jaeger-collector=" + jaeger.query()))
        .isEqualTo(2);
    assertThat(err.toString())
        .startsWith("run: no collector of Zipkin's spans answers at " + jaeger.query())
        .hasLineCount(1);
  }

  private int run(URI query, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--jaeger=" + query + "/";
    all[arguments.length + 1] = "--jaeger-collector=" + jaeger.collector();
    return commandLine().execute(all);
  }

  private CommandLine commandLine() {
    return Main.commandLine(Map.of())
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }
}
