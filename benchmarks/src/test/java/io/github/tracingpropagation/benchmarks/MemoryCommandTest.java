// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Few requests in the server's memory. */
@Timeout(120)
final class MemoryCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void rows_haveASnapshotForEachParkedRequest_andNoneAfter(@TempDir Path folder) throws Exception {
    int status =
        Main.commandLine(folder)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("memory", "--quick");
    Path file = folder.resolve("target/results/memory.csv");

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(ProcessHandle.current().children()).isEmpty();
    assertThat(out.toString()).containsPattern("`TYPICAL` .* 500 \\| 0 \\|");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0))
        .isEqualTo(
            "variant,headers,requests,idle_bytes,parked_bytes,after_bytes,bytes_per_request,"
                + "snapshots_parked,snapshots_after");
    List<String[]> rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
    assertThat(rows)
        .extracting(row -> String.join(",", row[0], row[1], row[2], row[7], row[8]))
        .containsExactly(
            "without,typical,500,0,0",
            "with,typical,500,500,0",
            "without,every_provider,500,0,0",
            "with,every_provider,500,500,0");
    assertThat(rows)
        .allSatisfy(
            row -> {
              long idle = Long.parseLong(row[3]);
              long parked = Long.parseLong(row[4]);
              assertThat(parked).isGreaterThan(idle);
              assertThat(Double.parseDouble(row[6])).isEqualTo((parked - idle) / 500.0);
            });
  }
}
