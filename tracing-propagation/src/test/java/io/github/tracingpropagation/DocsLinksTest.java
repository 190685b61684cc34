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
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each relative link in the documentation leads to a file and a heading that exist. */
class DocsLinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|^\\[[^]]+]: (\\S+)");
  private static final Pattern REFERENCE = Pattern.compile("\\[(`[^`]+`)](?![(:])");

  /** A class in code font, perhaps with a member. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w+)(?:\\.(\\w+))?`");

  private static final Pattern ABSOLUTE = Pattern.compile("[a-z]+:.*");

  static Stream<Path> pages() throws IOException {
    return Docs.files(".md").stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_leadToFilesAndHeadings(Path page) throws IOException {
    assertThat(broken(page)).as("broken links in %s", page).isEmpty();
  }

  /** So they need no links. */
  @Test
  void classesOfArchitecture_exist() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Path file : Docs.files(".java")) {
      String name = file.getFileName().toString().replace(".java", "");
      sources.merge(name, Files.readString(file), String::concat);
    }
    List<String> unknown = new ArrayList<>();
    String page = String.join("\n", prose(Docs.ROOT.resolve("docs/architecture.md")));
    for (MatchResult name : CLASS.matcher(page).results().toList()) {
      String member = name.group(2) == null ? name.group(1) : name.group(2);
      Pattern declared =
          Pattern.compile("\\b(" + member + "\\(|(class|enum|interface|record) " + member + "\\b)");
      if (!declared.matcher(sources.getOrDefault(name.group(1), "")).find()) {
        unknown.add(name.group());
      }
    }
    assertThat(unknown).containsOnly("`Context`"); // OpenTelemetry's
  }

  @Test
  void brokenLinks_areFound(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        # What `it` does, twice
        ## More
        ## More
        [a](#what-it-does-twice) [b](page.md#more-1) [c](https://example.com) ![d](none.png)
        [e](#more-2) [f](none.md)
        ```
        # no heading
        [g](none.md)
        ```
        [h](#no-heading) [`Known`] [`Unknown`]

        [`Known`]: page.md
        """);

    assertThat(broken(page))
        .containsExactly("none.png", "#more-2", "none.md", "#no-heading", "[`Unknown`]");
  }

  @Test
  void readme_isShort() throws IOException {
    assertThat(Files.readAllLines(Docs.ROOT.resolve("README.md")))
        .filteredOn(line -> !line.startsWith("|")) // one row for each module
        .hasSizeLessThanOrEqualTo(130);
  }

  private static List<String> broken(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    List<String> prose = prose(page);
    for (String line : prose) {
      Matcher links = LINK.matcher(line);
      while (links.find()) {
        String link = links.group(1) == null ? links.group(2) : links.group(1);
        if (!ABSOLUTE.matcher(link).matches() && !exists(page, link)) {
          broken.add(link);
        }
      }
      Matcher references = REFERENCE.matcher(line);
      while (references.find()) {
        String name = "[" + references.group(1) + "]";
        if (prose.stream().noneMatch(other -> other.startsWith(name + ": "))) {
          broken.add(name);
        }
      }
    }
    return broken;
  }

  private static boolean exists(Path page, String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    return Files.exists(file) && (hash < 0 || anchors(file).contains(link.substring(hash + 1)));
  }

  /** Returns the anchors that GitHub gives to the headings of a page. */
  private static List<String> anchors(Path page) throws IOException {
    List<String> anchors = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    for (String line : prose(page)) {
      if (line.matches("#+ .*")) {
        String text = line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT);
        String anchor = text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
        int earlier = counts.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
      }
    }
    return anchors;
  }

  /** Returns the lines of a page that are not in a code block. */
  private static List<String> prose(Path page) throws IOException {
    List<String> prose = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(page)) {
      boolean fence = line.strip().startsWith("```");
      if (!fence && !code) {
        prose.add(line);
      }
      code ^= fence;
    }
    return prose;
  }
}
