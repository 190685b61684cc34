// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Docs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/troubleshooting.md or the README of the module has each text that the library logs, and each
 * that a setting throws.
 */
class DocsMessagesTest {
  /** Texts that no user can see. */
  private static final Set<String> INTERNAL =
      Set.of("getFields throws no checked exception", "headers; allowed: at most 64");

  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\"\n]*\n");
  private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

  @Test
  void troubleshooting_hasEachMessage() throws IOException {
    String page = read(Docs.ROOT.resolve("docs/troubleshooting.md"));
    Map<Path, List<String>> messages = messages();

    assertThat(messages.values().stream().mapToInt(List::size).sum()).isGreaterThan(20);
    for (Path module : messages.keySet()) {
      String pages = page + read(module.resolve("README.md"));
      assertThat(messages.get(module)).allSatisfy(text -> assertThat(pages).contains(text));
    }
  }

  /** Returns by module the string literals of more than three words, which only messages have. */
  private static Map<Path, List<String>> messages() throws IOException {
    Map<Path, List<String>> messages = new HashMap<>();
    for (Path file : Docs.files(".java")) {
      Path relative = Docs.ROOT.relativize(file);
      if (isOfAdapter(relative)) {
        List<String> ofModule =
            messages.computeIfAbsent(
                Docs.ROOT.resolve(relative.getName(0)), module -> new ArrayList<>());
        String code = COMMENT.matcher(Files.readString(file)).replaceAll("\n");
        LITERAL
            .matcher(CONCATENATION.matcher(code).replaceAll(""))
            .results()
            .map(DocsMessagesTest::text)
            .filter(text -> text.chars().filter(c -> c == ' ').count() > 2)
            .filter(text -> !INTERNAL.contains(text))
            .forEach(ofModule::add);
      }
    }
    return messages;
  }

  /** The core and the adapters are published, so they have an api.txt; the check logs nothing. */
  private static boolean isOfAdapter(Path file) {
    Path module = file.getName(0);
    return file.toString().contains("src/main")
        && !module.endsWith("propagation-check")
        && Files.exists(Docs.ROOT.resolve(module).resolve("api.txt"));
  }

  private static String text(MatchResult literal) {
    return oneLine(literal.group(1).replace("\\\"", "\"")).strip();
  }

  private static String read(Path page) throws IOException {
    return oneLine(Files.readString(page));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
