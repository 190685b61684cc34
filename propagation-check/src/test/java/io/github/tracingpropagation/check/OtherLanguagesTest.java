// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bookinfo's services do with headers, each in its language; reviews is the demo's test. */
class OtherLanguagesTest extends PropagationCheckTestCase {
  /** A plain loop over the names, which neither mixes nor loses. */
  @ParameterizedTest
  @CsvSource({"python3, productpage.py", "node, ratings.js"})
  void plainLoop_neitherMixesNorBreaksTraces(String language, String file) throws Exception {
    CheckReport report = report(language, file, "right");

    assertThat(report.broken(Severity.MIXES_OR_LEAKS)).as("%s", report).isEmpty();
    assertThat(report.broken(Severity.BREAKS_TRACES)).as("%s", report).isEmpty();
    assertThat(report.status(false)).as("%s", report).isZero();
    assertThat(report.status(true)).isEqualTo(1);
  }

  /** A global in Python, a property of the socket in Node. */
  @ParameterizedTest
  @CsvSource({"python3, productpage.py", "node, ratings.js"})
  void sharedHeaders_areMixed(String language, String file) throws Exception {
    CheckReport report = report(language, file, "mixes");

    assertThat(report.broken()).as("%s", report).contains(Rule.NOT_MIXED);
    assertThat(report.status(false)).isEqualTo(3);
  }

  private static CheckReport report(String language, String file, String mode) throws Exception {
    assumeThatCode(() -> new ProcessBuilder(language, "--version").start().waitFor())
        .doesNotThrowAnyException();
    try (PropagationCheck check =
        PropagationCheck.builder()
            .providers(Provider.ZIPKIN, Provider.OPENTELEMETRY)
            .downstream(0, 0)
            .requests(640)
            .settle(Duration.ofSeconds(2))
            .timeout(
                Duration.ofSeconds(30)) // of the first request, too, when Node or Python starts
            .start()) {
      List<String> command = new ArrayList<>();
      command.add(language);
      command.add(Path.of("src/test/resources/services", file).toString());
      command.add(mode);
      check.ports().forEach(port -> command.add(port.toString()));
      Process service =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (BufferedReader out = service.inputReader()) {
        return check.check("http://127.0.0.1:" + out.readLine() + "/");
      } finally {
        service.destroyForcibly().waitFor();
      }
    }
  }
}
