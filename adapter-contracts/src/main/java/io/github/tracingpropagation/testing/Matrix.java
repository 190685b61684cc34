// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/**
 * A table of docs/compatibility.md: the cases of a contract, by the servers or clients that its
 * leaves run. A case is a test with a display name; a column is a leaf with a display name. A cell
 * has the {@link Quirk} of the leaf, "yes", or "-" if the leaf has no such test.
 */
public final class Matrix {
  private Matrix() {}

  /**
   * Returns the table's lines, by the names of the cases; a case that a leaf overrides has its
   * quirk.
   */
  public static List<String> of(Class<?>... leaves) {
    Map<String, String> rows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Class<?> leaf : leaves) {
      methods(leaf)
          .filter(method -> method.isAnnotationPresent(DisplayName.class))
          .forEach(test -> rows.put(name(test), test.getName()));
    }
    List<String> table = new ArrayList<>();
    table.add(row("case", Stream.of(leaves).map(Matrix::name)));
    table.add(row("---", Stream.of(leaves).map(leaf -> "---")));
    rows.forEach(
        (name, test) -> table.add(row(name, Stream.of(leaves).map(leaf -> cell(leaf, test)))));
    return table;
  }

  private static String name(AnnotatedElement named) {
    return named.getAnnotation(DisplayName.class).value();
  }

  private static String cell(Class<?> leaf, String test) {
    return methods(leaf)
        .filter(method -> method.getName().equals(test))
        .findFirst()
        .map(method -> method.isAnnotationPresent(Quirk.class) ? quirk(method) : "yes")
        .orElse("-");
  }

  private static String quirk(Method test) {
    return test.getAnnotation(Quirk.class).value();
  }

  /** Returns a class's own methods, then those of what it extends. */
  private static Stream<Method> methods(Class<?> leaf) {
    return Stream.<Class<?>>iterate(leaf, type -> type != Object.class, Class::getSuperclass)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()));
  }

  private static String row(String first, Stream<String> rest) {
    return Stream.concat(Stream.of(first), rest).collect(Collectors.joining(" | ", "| ", " |"));
  }
}
