// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No figure in the README is written by hand. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Results RESULTS = new Results(Path.of("results"));

  @Test
  void readme_ofTheBenchmarks_showsTheCommittedResults() throws IOException {
    String readme = Files.readString(README);
    assertThat(Report.fill(readme, RESULTS)).isEqualTo(readme);
  }

  @Test
  void plots_ofTheReadme_showTheCommittedResults() throws IOException {
    Map<String, String> plots = Report.plots(RESULTS);
    for (Map.Entry<String, String> plot : plots.entrySet()) {
      assertThat(RESULTS.directory().resolve(plot.getKey())).hasContent(plot.getValue());
      assertThat(Files.readString(README)).contains("](results/" + plot.getKey() + ")");
    }
    try (Stream<Path> drawn = Files.list(RESULTS.directory())) {
      assertThat(drawn.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".svg")))
          .containsExactlyInAnyOrderElementsOf(plots.keySet());
    }
  }

  @Test
  void results_thatAreCommitted_haveEachCaseInEachOfThreeRounds() throws IOException {
    List<Contender> all = List.of(Contender.values());
    assertComplete(
        "hop", HopCase.full().stream().flatMap(one -> one.points(all).stream()).toList());
    assertComplete("growth", Growth.heats(Growth.SERVERS).stream().flatMap(List::stream).toList());
  }

  private static void assertComplete(String program, List<Map<String, String>> points)
      throws IOException {
    List<Sample> samples = RESULTS.samples(program).list();
    int rounds = samples.stream().mapToInt(Sample::round).max().orElse(0);
    assertThat(rounds).as("rounds of %s", program).isGreaterThanOrEqualTo(3);
    for (int round = 1; round <= rounds; round++) {
      int number = round;
      assertThat(samples.stream().filter(s -> s.round() == number).map(Sample::point))
          .as("round %d of %s", round, program)
          .containsExactlyInAnyOrderElementsOf(points);
    }
  }
}
