// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.Reviews;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.annotation.PostConstruct;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar as an extension of the real OpenTelemetry agent, in a real application. */
class AgentIT {
  private static final String AGENT = "-javaagent:opentelemetry-javaagent.jar";
  private static final String EXTENSION =
      "-Dotel.javaagent.extensions=" + System.getProperty("core.jar");
  private static final String PROPAGATORS = "b3multi,x-request-id";

  private static final String ID = "x-request-id: 2fa3ab2b-7A0E-9aa4-8a5d-3f2b8a1f0c11";
  private static final String TRACE_ID = "x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7";
  private static final String SPAN_ID = "x-b3-spanid: e457b5a2e4d86bd1";
  private static final String SAMPLED = "x-b3-sampled: 1";

  private static final WireMockServer RATINGS =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @TempDir private static Path folder;

  private static Application reviews;

  @BeforeAll
  static void start() throws Exception {
    RATINGS.start();
    RATINGS.stubFor(any(anyUrl()).willReturn(ok()));
    reviews = Application.start(PROPAGATORS, AGENT, EXTENSION);
  }

  @AfterAll
  static void stop() {
    reviews.close();
    RATINGS.stop();
  }

  @AfterEach
  void forget() {
    RATINGS.resetRequests();
  }

  @Test
  void rule1_requestId_isForwardedWithTheAgentsTrace() throws Exception {
    List<String> received = reviews.forwards(ID, TRACE_ID, SPAN_ID, SAMPLED);

    assertThat(received).hasSize(4).contains(ID, TRACE_ID, SAMPLED).doesNotContain(SPAN_ID);
    assertThat(received.get(1)).matches("x-b3-spanid: [0-9a-f]{16}");
  }

  @Test
  void rule4_noRequestId_noneIsForwarded() throws Exception {
    assertThat(reviews.forwards(TRACE_ID, SPAN_ID, SAMPLED)).hasSize(3).contains(TRACE_ID);
  }

  @Test
  void rule5_latin1_isDroppedAndTheCallWorks() throws Exception {
    assertThat(reviews.forwards("x-request-id: caf\u00e9", TRACE_ID, SPAN_ID, SAMPLED))
        .hasSize(3)
        .contains(TRACE_ID);
  }

  @Test
  void withoutTheExtension_onlyTheAgentsTraceIsForwarded() throws Exception {
    try (Application plain = Application.start("b3multi", AGENT)) {
      assertThat(plain.forwards(ID, TRACE_ID, SPAN_ID, SAMPLED)).hasSize(3).contains(TRACE_ID);
    }
  }

  @Test
  void docs_showThisConfiguration() throws Exception {
    Docs.assertPart(
        "agent",
        List.of(
            "```sh",
            "export OTEL_PROPAGATORS=" + PROPAGATORS,
            "java " + AGENT + " \\",
            "  " + EXTENSION + " \\",
            "  -jar reviews.jar",
            "```"));
  }

  /** A separate process, whose class path does not contain this library. */
  private record Application(Process process, URI uri) implements AutoCloseable {
    static Application start(String propagators, String... options) throws Exception {
      List<String> command = new ArrayList<>();
      command.add(ProcessHandle.current().info().command().orElseThrow());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts sooner
      command.addAll(List.of(options));
      command.add("-cp");
      command.add(
          Stream.of(Reviews.class, Tomcat.class, PostConstruct.class)
              .map(Application::location)
              .collect(Collectors.joining(File.pathSeparator)));
      command.addAll(List.of(Reviews.class.getName(), RATINGS.baseUrl(), folder.toString()));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(new File("target")); // contains the jars of the options
      builder.redirectError(new File("target", "reviews-" + options.length + ".log"));
      builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
      builder.environment().put("OTEL_PROPAGATORS", propagators);
      for (String signal : List.of("TRACES", "METRICS", "LOGS")) {
        builder.environment().put("OTEL_" + signal + "_EXPORTER", "none");
      }
      Process process = builder.start();
      try {
        return new Application(
            process,
            CompletableFuture.supplyAsync(
                    () ->
                        process
                            .inputReader()
                            .lines()
                            .filter(line -> line.startsWith("http:"))
                            .findFirst()
                            .orElseThrow())
                .thenApply(URI::create)
                .get(120, TimeUnit.SECONDS));
      } catch (Exception e) {
        process.destroyForcibly();
        throw e;
      }
    }

    /** Returns the tracing headers that ratings receives, sorted. */
    List<String> forwards(String... lines) throws Exception {
      assertThat(RawHttp.get(uri, List.of(lines)).status()).isEqualTo(200);
      return RATINGS.findAll(anyRequestedFor(anyUrl())).stream()
          .flatMap(request -> request.getHeaders().all().stream())
          .flatMap(
              header ->
                  header.values().stream()
                      .map(value -> header.key().toLowerCase(Locale.ROOT) + ": " + value))
          .filter(line -> line.matches("(x-|b3|trace).*"))
          .sorted()
          .toList();
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }

    private static String location(Class<?> type) {
      try {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
