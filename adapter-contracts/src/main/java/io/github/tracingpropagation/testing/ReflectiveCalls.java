// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Finds reflective calls in a module's bytecode. {@link ReflectionRecorder} sees what they ask for,
 * but none that no test makes, and no method handles.
 */
public final class ReflectiveCalls {
  private static final Pattern CLASS = Pattern.compile("(?:class|interface) (?:\\w+\\.)*([\\w$]+)");

  private static final Pattern CALL =
      Pattern.compile(
          "// (?:Interface)?Method ((?:java/lang/Class\\.(?:forName|newInstance|get(?:Declared)?"
              + "(?:Method|Field|Constructor)s?)"
              + "|java/lang/ClassLoader\\.(?:loadClass|getResource\\w*)"
              + "|java/lang/Class\\.getResource\\w*"
              + "|java/lang/invoke/MethodHandles\\$Lookup\\.(?:find|unreflect)\\w+"
              + "|java/lang/reflect/(?:Method\\.invoke|Field\\.[gs]et\\w*|Constructor\\.newInstance"
              + "|Proxy\\.newProxyInstance|Array\\.newInstance)"
              + "|java/util/concurrent/atomic/\\w+FieldUpdater\\.newUpdater"
              + "|java/util/ServiceLoader\\.load\\w*"
              + ")):");

  private ReflectiveCalls() {}

  /** Returns each class of a module that makes one, and what it calls: "Class: Owner.method". */
  public static SortedSet<String> in(Class<?> ofModule) throws Exception {
    Path module = NativeImage.jar(ofModule);
    SortedSet<String> calls = new TreeSet<>();
    String type = "";
    for (String line : disassembled(module).lines().toList()) {
      Matcher declared = CLASS.matcher(line);
      Matcher call = CALL.matcher(line);
      if (declared.find() && !line.startsWith(" ")) {
        type = declared.group(1);
      } else if (call.find()) {
        calls.add(type + ": " + call.group(1).replaceAll(".*/", ""));
      }
    }
    return calls;
  }

  private static String disassembled(Path module) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-c", "-p", "-cp", module.toString()));
    if (Files.isDirectory(module)) {
      arguments.addAll(classes(module));
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(module)) {
        arguments.addAll(classes(jar.getPath("/")));
      }
    }
    StringWriter output = new StringWriter();
    int status =
        ToolProvider.findFirst("javap")
            .orElseThrow()
            .run(
                new PrintWriter(output),
                new PrintWriter(System.err, true, UTF_8),
                arguments.toArray(String[]::new));
    if (status != 0) {
      throw new AssertionError("javap fails with " + arguments);
    }
    return output.toString();
  }

  private static List<String> classes(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class"))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .toList();
    }
  }
}
