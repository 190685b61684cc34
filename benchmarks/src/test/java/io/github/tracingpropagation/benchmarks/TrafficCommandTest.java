// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The load with slices that are too short to tell anything but whether it works. */
@Timeout(120)
final class TrafficCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void rows_haveAllSlicesByTurns_andNoProcessIsLeft(@TempDir Path folder) throws Exception {
    int status = run(folder, "--quick", "--cycles=2", "--seconds=0.05", "--connections=1,3");
    Path file = folder.resolve("target/results/traffic.csv");

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(ProcessHandle.current().children()).isEmpty();
    assertThat(out.toString()).contains("3, with ÷ without", "3, with ÷ by hand", "3, same ÷ same");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0))
        .isEqualTo(
            "round,cycle,connections,variant,requests,seconds,requests_per_second,p50_us,p99_us,errors,compiled_ms");
    List<String[]> rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
    assertThat(rows)
        .extracting(row -> String.join(",", List.of(row).subList(0, 4)))
        .containsExactly(
            "1,1,1,without",
            "1,1,1,by hand",
            "1,1,1,with",
            "1,2,1,with",
            "1,2,1,by hand",
            "1,2,1,without",
            "1,1,3,without",
            "1,1,3,by hand",
            "1,1,3,with",
            "1,2,3,with",
            "1,2,3,by hand",
            "1,2,3,without");
    assertThat(rows)
        .allSatisfy(
            row -> {
              double requests = Double.parseDouble(row[4]);
              double seconds = Double.parseDouble(row[5]);
              assertThat(requests).isPositive();
              assertThat(seconds).isGreaterThanOrEqualTo(0.05);
              assertThat(Double.parseDouble(row[6]) * seconds / requests).isBetween(0.95, 1.05);
              assertThat(Double.parseDouble(row[7]))
                  .isLessThanOrEqualTo(Double.parseDouble(row[8]));
              assertThat(row[9]).isEqualTo("0");
              assertThat(Long.parseLong(row[10])).isNotNegative();
            });
  }

  @Test
  void oneCycle_isRefused(@TempDir Path folder) {
    assertThat(run(folder, "--quick", "--cycles=1")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("traffic: every number has to be positive, and that of --cycles at least 2");
  }

  private int run(Path module, String... args) {
    return Main.commandLine(module)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(Stream.concat(Stream.of("traffic"), Stream.of(args)).toArray(String[]::new));
  }
}
