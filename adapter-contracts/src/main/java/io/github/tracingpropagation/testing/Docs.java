// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the documentation with what the tests compile and run.
 *
 * <p>A named part starts after the line {@code <!-- name -->} in a README.md or in a page below
 * docs/, and ends before the next blank line that is not in a code block. A name is unique, so a
 * part can move to another page without a change here.
 *
 * <p>With {@code -Ddocs.write} a part that differs is replaced in its page instead of failing.
 */
public final class Docs {
  /** The root folder of the repository. */
  public static final Path ROOT = root();

  private Docs() {}

  /**
   * Fails unless the documentation shows a snippet as it stands in a test of this module, between
   * the lines {@code // docs: name} and {@code // docs: end}.
   */
  public static void assertShows(String snippet, Class<?> test) throws IOException {
    assertShows(snippet, Path.of("src/test/java", test.getName().replace('.', '/') + ".java"));
  }

  /**
   * Fails unless the documentation shows a snippet as it stands in a source file; in XML the lines
   * are {@code <!-- docs: name -->} and {@code <!-- docs: end -->}. Below code stands a link to the
   * file, which has the imports.
   */
  public static void assertShows(String snippet, Path source) throws IOException {
    String file = source.toString();
    String language = file.endsWith(".kt") ? "kotlin" : file.endsWith(".xml") ? "xml" : "java";
    String comment = language.equals("xml") ? "<!-- docs: %s -->" : "// docs: %s";
    List<String> lines = Files.readAllLines(source);
    int start = indexOf(lines, comment.formatted(snippet));
    int end = start + indexOf(lines.subList(start, lines.size()), comment.formatted("end"));
    String code = String.join("\n", lines.subList(start + 1, end)).stripTrailing().stripIndent();

    Path folder = requireNonNull(page(snippet).getParent());
    String imports =
        language.equals("xml")
            ? ""
            : "\n[Imports](" + folder.relativize(source.toAbsolutePath().normalize()) + ")";
    assertPart(
        snippet, List.of(("```" + language + "\n" + code + "\n```" + imports).split("\n", -1)));
  }

  /** Fails unless a part has exactly these lines. */
  public static void assertPart(String name, List<String> expected) throws IOException {
    List<String> actual = part(name);
    if (!actual.equals(expected) && System.getProperty("docs.write") != null) {
      Path page = page(name);
      List<String> lines = new ArrayList<>(Files.readAllLines(page));
      int start = lines.indexOf(marker(name)) + 1;
      lines.subList(start, start + actual.size()).clear();
      lines.addAll(start, expected);
      Files.writeString(page, String.join("\n", lines) + "\n");
      return;
    }
    assertThat(actual)
        .as("<!-- %s --> in %s; -Ddocs.write updates it", name, page(name))
        .isEqualTo(expected);
  }

  /** Returns the lines of a part. */
  public static List<String> part(String name) throws IOException {
    List<String> lines = Files.readAllLines(page(name));
    int start = lines.indexOf(marker(name)) + 1;
    int end = start;
    for (boolean code = false; end < lines.size() && (code || !lines.get(end).isBlank()); end++) {
      code ^= lines.get(end).startsWith("```");
    }
    return lines.subList(start, end);
  }

  /** Returns the repository's files with this suffix, without hidden folders and build output. */
  public static List<Path> files(String suffix) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skip = !folder.equals(ROOT) && (name.startsWith(".") || name.equals("target"));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(suffix)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static Path page(String name) throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path page : files(".md")) {
      boolean inDocs = page.startsWith(ROOT.resolve("docs")) || page.endsWith("README.md");
      if (inDocs && Files.readAllLines(page).contains(marker(name))) {
        pages.add(page);
      }
    }
    assertThat(pages).as("README.md files and docs/ pages with %s", marker(name)).hasSize(1);
    return pages.get(0);
  }

  private static String marker(String name) {
    return "<!-- " + name + " -->";
  }

  private static int indexOf(List<String> lines, String wanted) {
    List<String> stripped = lines.stream().map(String::strip).toList();
    assertThat(stripped).contains(wanted);
    return stripped.indexOf(wanted);
  }

  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no .mvn above " + start);
  }
}
