// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.grpc.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The published jar, run by itself. */
class JarIT {
  private static final String JAR = requireNonNull(System.getProperty("check.jar"));

  private record Run(int status, String output) {}

  @Test
  void service_isCheckedByOneFile() throws Exception {
    int port = PropagationCheckTestCase.freePort();
    URI downstream = URI.create("http://127.0.0.1:" + port + "/");
    try (TestService service =
        TestService.start((path, in) -> TestService.call(downstream, Forwarding.right(in)))) {
      Run run =
          run(
              service.uri().toString(),
              "--downstream",
              Integer.toString(port),
              "--json",
              "--settle=1",
              "--requests=320");

      assertThat(run.output).contains("\"kept\": true");
      assertThat(run.status).isZero();
    }
  }

  @Test
  void messageOfGrpc_isEncoded() throws Exception {
    int port = PropagationCheckTestCase.freePort();
    Set<String> asked = new ConcurrentSkipListSet<>();
    Server server = GrpcJsonTest.server(asked, URI.create("http://127.0.0.1:" + port));
    try {
      Run run =
          run(
              "http://127.0.0.1:" + server.getPort() + GrpcJsonTest.METHOD,
              "--grpc",
              "--data={\"service\": \"reviews\"}",
              "--downstream=" + port,
              "--only=families",
              "--settle=1");

      assertThat(asked).as("%s", run).containsExactly("reviews");
      assertThat(run.status).as("%s", run).isEqualTo(1);
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void brokenService_exits1() throws Exception {
    int port = PropagationCheckTestCase.freePort();
    URI downstream = URI.create("http://127.0.0.1:" + port + "/");
    try (TestService service =
        TestService.start((path, in) -> TestService.call(downstream, List.of()))) {
      Run run =
          run(service.uri().toString(), "--downstream=" + port, "--requests=16", "--settle=1");

      assertThat(run.output).contains("NO", "In a mesh:", "To do:");
      assertThat(run.status).isEqualTo(1);
    }
  }

  /** What the image would run, without Docker, with the arguments of the Job in the docs. */
  @Test
  void imageInAJob_checksTheServiceBesideIt() throws Exception {
    String image = Files.readString(Path.of("Dockerfile"));
    String jar = Path.of("").toAbsolutePath().relativize(Path.of(JAR).toAbsolutePath()).toString();
    assertThat(image)
        .contains("--build-arg JAR=" + jar.replaceFirst("-\\d.*(?=\\.jar)", "-VERSION") + " .\n")
        .contains("\nARG JAR\nCOPY ${JAR} /check.jar\n")
        .contains("\nENTRYPOINT [\"java\", \"-jar\", \"/check.jar\"]\n");
    String docs = Files.readString(Path.of("../docs/check.md"));
    String job = docs.split("```yaml\n", -1)[1].split("```", -1)[0];
    JsonNode pod = new YAMLMapper().readTree(job).at("/spec/template/spec");
    List<String> args = new ArrayList<>();
    pod.at("/containers/0/args").forEach(argument -> args.add(argument.asText()));
    assertThat(args.get(0))
        .startsWith(
            "http://localhost:" + pod.at("/initContainers/0/startupProbe/tcpSocket/port") + "/");
    assertThat(pod.at("/initContainers/0/env").findValuesAsText("value"))
        .containsExactly("localhost", args.get(2));
    int port = PropagationCheckTestCase.freePort();
    URI downstream = URI.create("http://127.0.0.1:" + port + "/");
    try (TestService service =
        TestService.start((path, in) -> TestService.call(downstream, Forwarding.right(in)))) {
      args.set(0, service.uri().toString());
      args.set(2, Integer.toString(port));
      args.addAll(List.of("--settle=1", "--timeout=30", "--only=families,verbatim,redirects"));
      Run run = run(args.toArray(String[]::new));

      assertThat(run.status).as("%s", run).isZero();
    }
  }

  @Test
  void wrongUse_exits2() throws Exception {
    assertThat(run().status).isEqualTo(2);
  }

  @Test
  void classes_areAllInOurPackage() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      assertThat(jar.stream().map(Object::toString).filter(name -> name.endsWith(".class")))
          .allMatch(name -> name.startsWith("io/github/tracingpropagation/check/"));
    }
  }

  private static Run run(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(JAR);
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output);
  }
}
