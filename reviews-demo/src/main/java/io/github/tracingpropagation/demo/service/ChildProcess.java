// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that runs as a child process, with an empty environment. It ends when this process
 * ends, even if that is killed. Threads may share it.
 */
public final class ChildProcess implements AutoCloseable {
  private static final int LAST_LINES = 20;

  /**
   * Shell script that sends SIGTERM to its command when standard input is closed: by {@link
   * #close()}, or by the operating system at the end of this process.
   */
  private static final String UNTIL_PIPE_CLOSES =
      "exec 3<&0; (read -r _ <&3; kill $$) >&- 2>&- & exec \"$@\" 3<&- </dev/null";

  private final Process process;
  private final Thread reader;
  private final Deque<String> lastLines = new ArrayDeque<>();

  private ChildProcess(Process process, String name, Consumer<String> lines) {
    this.process = process;
    this.reader = new Thread(() -> read(lines), name + "-output");
  }

  /**
   * Starts a program.
   *
   * @param command with an absolute path, since there is no {@code PATH}
   * @param lines called with each line of standard output and standard error, by another thread
   */
  public static ChildProcess start(String name, List<String> command, Consumer<String> lines)
      throws IOException {
    List<String> shell = new ArrayList<>(List.of("sh", "-c", UNTIL_PIPE_CLOSES, name));
    shell.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(shell).redirectErrorStream(true);
    builder.environment().clear(); // variables of the user could configure the program otherwise
    ChildProcess child = new ChildProcess(builder.start(), name, lines);
    child.reader.setDaemon(true);
    child.reader.start();
    return child;
  }

  /** Returns whether the program runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Returns the last lines of the output: all up to the end, if the program has ended. */
  public String lastLines() {
    if (!isAlive()) {
      join();
    }
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }

  /** Stops the program; kills it if it does not stop in {@link Service#GRACE}. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(Service.GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void read(Consumer<String> lines) {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        synchronized (lastLines) {
          lastLines.add(line);
          if (lastLines.size() > LAST_LINES) {
            lastLines.remove();
          }
        }
        lines.accept(line);
      }
    } catch (IOException e) {
      // the program has ended
    }
  }

  private void join() {
    try {
      reader.join(Service.GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
