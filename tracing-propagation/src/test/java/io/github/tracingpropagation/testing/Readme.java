// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds the README to what the tests compile and run. A snippet stands in a test between {@code //
 * readme: name} and {@code // readme: end}, and in the README after {@code <!-- name -->}.
 */
public final class Readme {
  private Readme() {}

  /** Fails unless the README shows the snippet as it stands in the test. */
  public static void assertShows(String snippet, Class<?> test) throws IOException {
    Path source = Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
    List<String> lines = Files.readAllLines(source);
    int start = indexOf(lines, "// readme: " + snippet);
    int end = start + indexOf(lines.subList(start, lines.size()), "// readme: end");
    String code = String.join("\n", lines.subList(start + 1, end)).stripTrailing().stripIndent();

    assertThat(part(snippet)).isEqualTo(List.of(("```java\n" + code + "\n```").split("\n", -1)));
  }

  /** Returns the lines of the README from a name up to the next blank line that is not in code. */
  public static List<String> part(String name) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "README.md"));
    int start = indexOf(lines, "<!-- " + name + " -->") + 1;
    int end = start;
    for (boolean code = false; end < lines.size() && (code || !lines.get(end).isBlank()); end++) {
      code ^= lines.get(end).startsWith("```");
    }
    return lines.subList(start, end);
  }

  private static int indexOf(List<String> lines, String wanted) {
    List<String> stripped = lines.stream().map(String::strip).toList();
    assertThat(stripped).contains(wanted);
    return stripped.indexOf(wanted);
  }
}
