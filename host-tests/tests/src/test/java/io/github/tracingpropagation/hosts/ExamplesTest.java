// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.PropagationCheck;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of each example's README, but for Maven's, which the build has run. */
class ExamplesTest {
  private static final Path EXAMPLES = Docs.ROOT.resolve("examples");
  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

  /** A line break that does not end a command. */
  private static final Pattern CONTINUED = Pattern.compile("(?<=[|\\\\])\n");

  static List<Path> applications() throws IOException {
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("applications")
  void application_forwards(Path example) throws Exception {
    List<String> commands = commands(example);
    String start = commands.get(1);
    List<String> calls = commands.subList(2, commands.size());
    assertThat(commands.get(0)).isEqualTo("mvn -q package");
    assertThat(start).startsWith("java -jar ");
    assertThat(calls).isNotEmpty().allSatisfy(call -> assertThat(call).contains("curl "));
    HostProcess.built("../examples/" + example.getFileName() + "/" + start.substring(10));

    int port = Ports.free();
    HostProcess application = start(example, "exec " + start, port);
    try {
      application.awaitPort(port);
      for (String call : calls) {
        HostProcess curl =
            start(example, call.replace("localhost:8080", "localhost:" + port), port);
        assertThat(curl.awaitExit()).isZero();
        assertThat(curl.output()).containsPattern("x-request-id\\W+see-me\\b");
      }
    } finally {
      application.stop();
    }
  }

  @Test
  void check_findsTheMissingHeader() throws Exception {
    Path example = EXAMPLES.resolve("check-python");
    List<String> commands = commands(example);
    assertThat(commands).hasSize(3);
    assertThat(commands.get(0)).startsWith("mvn -q dependency:copy ");

    HostProcess right = start(example, commands.get(1) + " --requests 100", 0);
    assertThat(right.awaitExit()).as(right.output()).isZero();
    HostProcess wrong = start(example, commands.get(2), 0);
    assertThat(wrong.awaitExit()).as(wrong.output()).isEqualTo(1);
  }

  private static List<String> commands(Path example) throws IOException {
    String page = Files.readString(example.resolve("README.md"));
    return SHELL
        .matcher(page)
        .results()
        .map((MatchResult block) -> CONTINUED.matcher(block.group(1)).replaceAll("\0"))
        .flatMap(String::lines)
        .map(command -> command.replace('\0', '\n'))
        .toList();
  }

  private static HostProcess start(Path example, String command, int port) throws IOException {
    Map<String, String> environment = new HashMap<>();
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    environment.put("PATH", java + File.pathSeparator + System.getenv("PATH"));
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("SERVER_PORT", Integer.toString(port == 0 ? Ports.free() : port));
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", environment.get("SERVER_PORT"));
    environment.put("RATINGS_PORT", Integer.toString(Ports.free()));
    environment.put(
        "CHECK_JAR",
        PropagationCheck.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    String name = "example-" + example.getFileName() + "-" + command.split("\\W", 2)[0];
    return HostProcess.start(
        name, List.of("sh", "-c", "cd '" + example + "' && " + command), environment);
  }
}
