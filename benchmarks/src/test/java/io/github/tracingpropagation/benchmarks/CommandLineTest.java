// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path module;

  private final StringWriter words = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --rounds 2            | run: --rounds 2: at least 3, or --quick
          hop --rounds 2        | hop: --rounds 2: at least 3, or --quick
          --quick --rounds 0    | run: --rounds 0: at least 1
          --rounds many         | run: Invalid value for option '--rounds': 'many' is not an int
          hop --server undertow | hop: Invalid value for option '--server' (NAME): expected one of
          hop --contender mine  | hop: Invalid value for option '--contender' (NAME): expected one of
          growth --client jdk   | growth: Unknown options: '--client', 'jdk'
          latency               | run: Unmatched argument at index 0: 'latency'
          report                | report: there is no
          """)
  void wrongOption_ofTheCommandLine_isRefused(String args, String message) {
    assertThat(run(args.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(words.toString()).startsWith(message).hasLineCount(1);
    assertThat(module).isEmptyDirectory();
  }

  /** One real fork for each of two contenders, and what it leaves. */
  @Test
  void quickRun_ofOneCase_leavesSamplesInTheScratchDirectoryAlone() throws Exception {
    String filters = "--server jetty --arrival typical --client okhttp --contender loop_16,ours";
    assertThat(run(("hop --quick " + filters).split(" "))).as(words::toString).isZero();

    Results scratch = new Results(module.resolve("target/results"));
    assertThat(scratch.samples("hop").list())
        .hasSize(2)
        .allSatisfy(sample -> assertThat(sample.nanos()).isPositive())
        .allSatisfy(sample -> assertThat(sample.bytes()).isPositive())
        .extracting(sample -> sample.point().get("contender"))
        .containsExactly("LOOP_16", "OURS");
    assertThat(scratch.environment("hop"))
        .containsKeys("date", "jdk", "system", "how", "okhttp", "opentelemetry", "tomcat")
        .allSatisfy((key, value) -> assertThat(value).as(key).doesNotContain("${", "/"));
    assertThat(words.toString()).contains("[2/2] round 1, JETTY TYPICAL OKHTTP OURS: ");
    assertThat(module).isDirectoryNotContaining(file -> !file.endsWith("target"));
  }

  private int run(String... args) {
    PrintWriter writer = new PrintWriter(words, true);
    return Main.commandLine(module).setOut(writer).setErr(writer).execute(args);
  }
}
