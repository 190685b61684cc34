// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Docs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines of the documentation have at most 100 characters, as .editorconfig says. */
class DocsLinesTest {
  private static final int LIMIT = 100;

  /** What cannot be broken: a row of a table, and a single word behind the marker of a list. */
  private static final Pattern UNBREAKABLE = Pattern.compile("\\|.*|\\s*([-*] |\\d+\\. )?\\S+");

  static Stream<Path> pages() throws IOException {
    return Docs.files(".md").stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void lines_areShort(Path page) throws IOException {
    assertThat(tooLong(page)).as("lines of more than %s characters in %s", LIMIT, page).isEmpty();
  }

  @Test
  void longLines_areFound(@TempDir Path folder) throws IOException {
    String word = "x".repeat(LIMIT);
    Path page = folder.resolve("page.md");
    String text =
        """
        WORD
        a b WORD
        * [link](WORD)
        | a b | WORD |
        ```text
        a log message WORD
        ```
        ```sh
        a command WORD
        ```
        """;
    Files.writeString(page, text.replace("WORD", word));

    assertThat(tooLong(page)).containsExactly("a b " + word, "a command " + word);
  }

  /** Returns the long lines, but for blocks of {@code text}, which are log messages. */
  private static List<String> tooLong(Path page) throws IOException {
    List<String> tooLong = new ArrayList<>();
    boolean messages = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        messages = line.equals("```text");
      } else if (!messages && line.length() > LIMIT && !UNBREAKABLE.matcher(line).matches()) {
        tooLong.add(line);
      }
    }
    return tooLong;
  }
}
