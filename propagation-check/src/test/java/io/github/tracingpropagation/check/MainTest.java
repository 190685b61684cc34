// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class MainTest {
  private record Run(int status, String out, String err) {}

  @Test
  void rightService_exits0AndPrintsTheTable() throws Exception {
    int port = PropagationCheckTestCase.freePort();
    try (TestService service =
        TestService.start((path, in) -> TestService.call(uri(port), Forwarding.right(in)))) {
      Run run =
          run(service.uri().toString(), "--downstream", Integer.toString(port), "--requests=320");

      assertThat(run.out).contains("values unchanged", "yes").doesNotContain(" NO");
      assertThat(run.err).as("progress").contains("... ");
      assertThat(run.status).isZero();
    }
  }

  @Test
  void brokenService_exits1AndPrintsWhatToDo(@TempDir Path folder) throws Exception {
    int port = PropagationCheckTestCase.freePort();
    Path answer = Files.writeString(folder.resolve("answer.json"), "{\"id\":0}");
    try (TestService service =
        TestService.start(
            (path, in) -> {
              List<String> out = new ArrayList<>(Forwarding.right(in));
              out.add("authorization: Bearer of-the-service");
              TestService.call(uri(port), Forwarding.without(out, "x-request-id"));
            })) {
      String[] args = {
        service.uri().toString(),
        "--downstream=" + port,
        "--answer=" + answer,
        "--against=zipkin,datadog",
        "--requests=32",
        "--concurrency=8",
        "--json",
        "--foreign-host"
      };
      Run run = run(args);
      JsonObject json = JsonParser.parseString(run.out).getAsJsonObject();

      assertThat(run.status).isEqualTo(1);
      assertThat(json.get("kept").getAsBoolean()).isFalse();
      assertThat(run.out).contains("request-id", "broken", "\"advice\"").doesNotContain("of-the");
    }
  }

  @Test
  void wrongUse_exits2AndSaysWhatIsWrong() throws Exception {
    try (TestService service = TestService.start((path, in) -> {})) {
      Run run =
          run(
              service.uri().toString(),
              "--downstream=" + PropagationCheckTestCase.freePort(),
              "--timeout=80");

      assertThat(run.status).isEqualTo(2);
      assertThat(run.err).contains("No call arrived at port");
    }
    assertThat(run("http://localhost/").status).isEqualTo(2);
    assertThat(run("ftp://localhost/", "--downstream=0").err).contains("not an http:// or");
    assertThat(run("http://localhost/", "--downstream=0", "--against=zipkn").status).isEqualTo(2);
    assertThat(run("http://localhost:1/", "--downstream=0", "--timeout=1").err)
        .contains("did not answer");
  }

  @Test
  void wrongValue_isNamedWithItsOption(@TempDir Path folder) throws Exception {
    String here = "--downstream=0";
    String uri = "http://localhost:1/";
    assertThat(run(uri, here, "--requests=0").err).contains("requests: 0; must be at least 1");
    assertThat(run(uri, here, "--timeout=0").err).contains("time-out: 0 seconds; allowed:");
    assertThat(run(Duration.ofSeconds(1), uri, here, "--timeout=9999999").err)
        .contains("time-out: 9999999 seconds");
    assertThat(run(uri, here, "--max-value-length=5").err).contains("allowed: 256 to 32768");
    assertThat(run(uri, here, "--answer=" + folder.resolve("none.json")).err)
        .contains("cannot read the file of --answer")
        .doesNotContain("Usage:");
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = run(uri, "--downstream=" + used.getLocalPort());
      assertThat(run.status).isEqualTo(2);
      assertThat(run.err).contains("cannot listen on port " + used.getLocalPort());
    }
  }

  @Test
  void status_isThatOfTheWorst(@TempDir Path folder) throws Exception {
    assertThat(status(in -> Forwarding.right(in), "--foreign-host")).isZero();
    assertThat(status(in -> Forwarding.right(in), "--strict", "--only=families,verbatim")).isZero();
    assertThat(status(MainTest::firstValues, "--only=repeated,hostile,malformed")).isZero();
    assertThat(status(MainTest::firstValues, "--strict", "--only=malformed")).isEqualTo(1);
    assertThat(
            status(
                MainTest::firstValues,
                "--strict",
                "--only=families,HOSTILE,malformed",
                "--skip=malformed"))
        .isZero();
    assertThat(status(in -> List.of(), "--skip=request-id")).isEqualTo(1);
    assertThat(status(in -> Forwarding.rightAnd(in, "authorization"))).isEqualTo(3);
  }

  /** As a plain loop over the names. */
  private static List<String> firstValues(List<String> in) {
    Map<String, String> out = new LinkedHashMap<>();
    Forwarding.right(in).forEach(line -> out.put(HeaderLine.name(line), ""));
    out.replaceAll((name, none) -> Forwarding.values(in, name).get(0));
    Forwarding.values(in, "x-b3-sampled").stream()
        .findFirst()
        .ifPresent(value -> out.put("x-b3-sampled", value));
    return Forwarding.lines(out);
  }

  private static int status(UnaryOperator<List<String>> forwarding, String... more)
      throws Exception {
    int port = PropagationCheckTestCase.freePort();
    try (TestService service =
        TestService.start((path, in) -> TestService.call(uri(port), forwarding.apply(in)))) {
      List<String> args = new ArrayList<>(List.of(service.uri().toString()));
      args.addAll(List.of("--downstream=" + port, "--requests=48", "--settle=1"));
      args.addAll(List.of(more));
      Run run = run(args.toArray(String[]::new));
      assertThat(run.out).isNotEmpty();
      return run.status;
    }
  }

  @Test
  void reports_areWrittenForEachUri(@TempDir Path folder) throws Exception {
    int port = PropagationCheckTestCase.freePort();
    Path json = folder.resolve("report.json");
    Path junit = folder.resolve("report.xml");
    Path body = Files.writeString(folder.resolve("body"), "a=1");
    Path config =
        Files.writeString(
            folder.resolve("config"),
            "# a comment\n--downstream %d\n--only every-call,families\n--timeout 120\n--settle 1\n-d @%s\n"
                .formatted(port, body));
    try (TestService service =
        TestService.start(
            (path, in) -> {
              TestService.call(uri(port), Forwarding.without(Forwarding.right(in), "b3"));
              if (path.endsWith("1")) {
                throw new IllegalStateException("unreadable answer");
              }
            })) {
      String other = service.uri().resolve("/reviews/1").toString();
      Run run =
          run(
              "--config",
              config.toString(),
              "--github",
              "--report-json=" + json,
              "--report-junit=" + junit,
              service.uri().toString(),
              other,
              "http://127.0.0.1:" + PropagationCheckTestCase.freePort() + "/");

      assertThat(run.status).isEqualTo(2);
      assertThat(run.out).contains(other, "answers 500", "Not checked: The service did not answer");
      assertThat(run.err).contains("::error title=http%3A//127.0.0.1");
      assertThat(JsonParser.parseString(Files.readString(json)).getAsJsonArray())
          .extracting(it -> it.getAsJsonObject().get("status").getAsInt())
          .containsExactly(1, 1, 2);
      assertThat(schema().validate(Files.readString(json), InputFormat.JSON)).isEmpty();
      assertThat(schema().validate("{\"schema\": 1}", InputFormat.JSON)).isNotEmpty();
      assertThat(junit).content().contains("<testsuite", "<failure", "<skipped", "<error");
    }
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(Path.of("../docs/check-report.schema.json")));
  }

  @Test
  void answers_areThoseOfTheirPortAndPath(@TempDir Path folder) throws Exception {
    int port = PropagationCheckTestCase.freePort();
    int other = PropagationCheckTestCase.freePort();
    Path usual = Files.writeString(folder.resolve("usual.txt"), "usual");
    Path special = Files.writeString(folder.resolve("special=1.json"), "{\"a\":\"=\"}");
    Map<String, String> answers = new ConcurrentHashMap<>();
    HttpClient client = HttpClient.newHttpClient();
    try (TestService service =
        TestService.start(
            (path, in) -> {
              for (URI to : List.of(uri(port), uri(port).resolve("/b"), uri(other).resolve("/b"))) {
                HttpResponse<String> answer = client.send(request(to, in), ofString());
                String type = answer.headers().firstValue("content-type").orElse("");
                answers.put(to.getPort() + to.getPath(), type + " " + answer.body());
              }
            })) {
      Run run =
          run(
              service.uri().toString(),
              "--downstream=%d,%d".formatted(port, other),
              "--answer=" + usual,
              "--answer=%d/b=%s".formatted(other, special),
              "--only=request-id",
              "--settle=1");

      assertThat(run.status).as("%s", run).isZero();
      assertThat(answers)
          .containsOnly(
              Map.entry(port + "/", "text/plain usual"),
              Map.entry(port + "/b", "text/plain usual"),
              Map.entry(other + "/b", "application/json {\"a\":\"=\"}"));
    }
  }

  private static HttpRequest request(URI to, List<String> in) {
    HttpRequest.Builder request = HttpRequest.newBuilder(to);
    Forwarding.right(in)
        .forEach(
            line ->
                request.setHeader(
                    HeaderLine.name(line), HeaderLine.value(line, HeaderLine.name(line))));
    return request.build();
  }

  @Test
  void errorOfTheService_isOrdinaryIfItIsExpected() throws Exception {
    int port = PropagationCheckTestCase.freePort();
    try (TestService service =
        TestService.start(
            (path, in) -> {
              TestService.call(uri(port), Forwarding.right(in));
              throw new IllegalStateException("ordinary");
            })) {
      String[] args = {
        service.uri().toString(), "--downstream=" + port, "--only=request-id", "--settle=1", ""
      };
      for (var expected : Map.of("404", 2, "500", 0).entrySet()) {
        args[4] = "--expect-status=" + expected.getKey();
        Run run = run(args);

        assertThat(run.status).as("%s", run).isEqualTo(expected.getValue());
        assertThat(run.out.contains("answers 500")).as("%s", run).isEqualTo(run.status == 2);
      }
    }
  }

  @Test
  void listen_setsTheAddress() throws Exception {
    InetAddress other = InetAddress.getByName("127.0.0.2");
    assumeThat(canListenOn(other)).isTrue(); // Not on macOS.
    int port = PropagationCheckTestCase.freePort();
    URI downstream = URI.create("http://127.0.0.2:" + port + "/");
    try (TestService service =
        TestService.start((path, in) -> TestService.call(downstream, Forwarding.right(in)))) {
      String[] args = {service.uri().toString(), "--downstream=" + port, "--requests=16"};
      List<String> listening = new ArrayList<>(List.of(args));
      listening.add("--listen=127.0.0.2");

      assertThat(run(listening.toArray(String[]::new)).status).isZero();
    }
    try (PropagationCheck check = PropagationCheck.builder().listen(other).start()) {
      assertThat(check.uri()).hasHost("127.0.0.2");
    }
  }

  private static boolean canListenOn(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void help_exits0() {
    assertThat(run("--help").out).contains("--downstream", "ZIPKIN", "Exit codes:");
  }

  private static Run run(String... args) {
    return run(Duration.ofMillis(250), args);
  }

  /** Runs the command line with seconds of this length. */
  private static Run run(Duration second, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(List.of(args), new PrintWriter(out), new PrintWriter(err), second);
    return new Run(status, out.toString(), err.toString());
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }
}
