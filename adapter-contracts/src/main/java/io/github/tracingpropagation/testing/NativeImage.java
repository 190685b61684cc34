// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static java.util.Objects.requireNonNull;

import com.github.tomakehurst.wiremock.common.Json;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Member;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a module's reflect-config.json registers for native images. */
public final class NativeImage {
  private NativeImage() {}

  /**
   * Returns each registered field and method that exists, as {@code class.member}. Throws if a
   * condition is not a class of the module.
   */
  public static List<String> existing(String module) throws Exception {
    List<String> existing = new ArrayList<>();
    for (Map<?, ?> entry : entries(module)) {
      Map<?, ?> condition = (Map<?, ?>) requireNonNull(entry.get("condition"));
      type((String) requireNonNull(condition.get("typeReachable")));
      List<String> members = members((String) requireNonNull(entry.get("name")));
      Stream.of("fields", "methods", "queriedMethods")
          .flatMap(kind -> names(entry.get(kind)))
          .filter(members::contains)
          .forEach(name -> existing.add(entry.get("name") + "." + name));
    }
    return existing;
  }

  static Map<?, ?>[] entries(String module) throws IOException {
    String file =
        "/META-INF/native-image/io.github.tracingpropagation/" + module + "/reflect-config.json";
    try (InputStream json = requireNonNull(NativeImage.class.getResourceAsStream(file))) {
      return Json.read(new String(json.readAllBytes(), StandardCharsets.UTF_8), Map[].class);
    }
  }

  static Path jar(Class<?> type) throws URISyntaxException {
    return Path.of(
        requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation().toURI());
  }

  /** Returns what an entry registers of a kind, such as "methods". */
  static Stream<Map<?, ?>> members(Map<?, ?> entry, String kind) {
    return entry.get(kind) instanceof List<?> members
        ? members.stream().map(member -> (Map<?, ?>) member)
        : Stream.empty();
  }

  private static Stream<String> names(@Nullable Object members) {
    return members == null
        ? Stream.empty()
        : ((List<?>) members).stream().map(member -> (String) ((Map<?, ?>) member).get("name"));
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, false, NativeImage.class.getClassLoader());
  }

  /** Returns the names of a class's fields and methods; none if its library is absent. */
  private static List<String> members(String name) {
    try {
      Class<?> type = type(name);
      return Stream.<Member>concat(
              Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods()))
          .map(Member::getName)
          .toList();
    } catch (ClassNotFoundException e) {
      return List.of();
    }
  }
}
