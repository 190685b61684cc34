// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What measurements leave behind: for each program its samples, and what it ran in.
 *
 * @param directory holds them
 */
record Results(Path directory) {

  Samples samples(String program) throws IOException {
    return Samples.read(existing(csv(program)));
  }

  List<TrafficRow> traffic() throws IOException {
    return TrafficRow.read(existing(csv("traffic")));
  }

  List<MemoryRow> memory() throws IOException {
    return MemoryRow.read(existing(csv("memory")));
  }

  /** Writes down in what a program ran, and how. */
  void describe(String program, String how) throws IOException {
    List<String> lines =
        Environment.of(how).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    Files.createDirectories(directory);
    Files.write(properties(program), lines);
  }

  /** Returns what a program ran in, in the order of {@link Environment}. */
  Map<String, String> environment(String program) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    Files.readAllLines(existing(properties(program)))
        .forEach(line -> environment.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    return environment;
  }

  /** Returns the file that a program's figures are in, or will be. */
  Path csv(String program) {
    return directory.resolve(program + ".csv");
  }

  private Path properties(String program) {
    return directory.resolve(program + ".properties");
  }

  private static Path existing(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("there is no " + file + ": measure first");
    }
    return file;
  }
}
