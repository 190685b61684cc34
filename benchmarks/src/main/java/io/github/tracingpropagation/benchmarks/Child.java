// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a JVM of its own, of the same program. For one thread. It ends with its input, so it
 * ends with this process, whatever becomes of that.
 */
final class Child implements AutoCloseable {
  private static final int LAST_CHARS = 2_000;

  private final String name;
  private final Process process;
  private final Path errors;
  private final PrintWriter in;
  private final BufferedReader out;
  private final int port;

  private Child(String name, Process process, Path errors) throws IOException {
    this.name = name;
    this.process = process;
    this.errors = errors;
    in = new PrintWriter(process.outputWriter(UTF_8), true);
    out = process.inputReader(UTF_8);
    try {
      port = Integer.parseInt(answer());
    } catch (IOException | NumberFormatException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts, and returns when it serves.
   *
   * @param options of the JVM
   * @param args of {@link ChildMain}
   * @throws IOException if it does not serve, with its last words
   */
  static Child start(List<String> options, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin/java");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(ChildMain.class.getName());
    command.addAll(List.of(args));
    Path errors = Files.createTempFile(args[0], ".err");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    return new Child(args[0], process, errors);
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  void tell(String question) {
    in.println(question);
  }

  /**
   * Returns the answer to what it was told.
   *
   * @throws IOException if it has ended, with its last words
   */
  String answer() throws IOException {
    String line = out.readLine();
    if (line == null) {
      String words = Files.readString(errors);
      throw new IOException(
          name
              + " ended; its last words:\n"
              + words.substring(Math.max(0, words.length() - LAST_CHARS)));
    }
    return line;
  }

  String ask(String question) throws IOException {
    tell(question);
    return answer();
  }

  @Override
  public void close() {
    try {
      in.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(errors);
    } catch (IOException e) {
      // A file is left among the temporary ones.
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
