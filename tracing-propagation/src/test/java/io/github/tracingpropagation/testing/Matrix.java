// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/**
 * A table of the README: the cases of a contract, by the servers or clients that its leaves run. A
 * case is a test with a display name; a column is a leaf with a display name.
 */
public final class Matrix {
  private Matrix() {}

  /** Returns the table's lines; a case that a leaf overrides tells why. */
  public static List<String> of(Class<?>... leaves) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Class<?> leaf : leaves) {
      for (Class<?> type = leaf; type != Object.class; type = type.getSuperclass()) {
        cases(type).forEach(test -> rows.putIfAbsent(test.getName(), name(test)));
      }
    }
    List<String> table = new ArrayList<>();
    table.add(
        row("case", Stream.of(leaves).map(leaf -> leaf.getAnnotation(DisplayName.class).value())));
    table.add(row("---", Stream.of(leaves).map(leaf -> "---")));
    rows.forEach(
        (test, name) -> table.add(row(name, Stream.of(leaves).map(leaf -> cell(leaf, test)))));
    return table;
  }

  private static Stream<Method> cases(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(DisplayName.class));
  }

  private static String name(Method test) {
    return test.getAnnotation(DisplayName.class).value();
  }

  private static String cell(Class<?> leaf, String test) {
    return Stream.of(leaf.getDeclaredMethods())
        .filter(method -> method.getName().equals(test))
        .map(method -> method.getAnnotation(Quirk.class).value())
        .findAny()
        .orElse("yes");
  }

  private static String row(String first, Stream<String> rest) {
    return Stream.concat(Stream.of(first), rest).collect(Collectors.joining(" | ", "| ", " |"));
  }
}
