// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

@Execution(ExecutionMode.CONCURRENT)
class MainTest {
  private record Run(int status, String out, String err) {}

  @Test
  void rightService_exits0AndPrintsTheTable() throws Exception {
    int port = freePort();
    try (TestService service =
        TestService.start((path, in) -> TestService.call(uri(port), Forwarding.right(in)))) {
      Run run = run(service.uri().toString(), "--downstream", Integer.toString(port));

      assertThat(run.out).contains("values unchanged", "yes").doesNotContain(" NO");
      assertThat(run.status).isZero();
    }
  }

  @Test
  void brokenService_exits1AndPrintsWhatToDo(@TempDir Path folder) throws Exception {
    int port = freePort();
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
      Run run = run(service.uri().toString(), "--downstream=" + freePort(), "--timeout=1");

      assertThat(run.status).isEqualTo(2);
      assertThat(run.err).contains("No call arrived at port");
    }
    assertThat(run("http://localhost/").status).isEqualTo(2);
    assertThat(run("https://localhost/", "--downstream=0").err).contains("not an http:// URI");
    assertThat(run("http://localhost/", "--downstream=0", "--against=zipkn").status).isEqualTo(2);
    assertThat(run("http://localhost:1/", "--downstream=0", "--timeout=1").err)
        .contains("did not answer");
  }

  @Test
  void help_exits0() {
    assertThat(run("--help").out).contains("--downstream", "ZIPKIN", "Exit codes:");
  }

  private static Run run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = line.execute(args);
    return new Run(status, out.toString(), err.toString());
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
