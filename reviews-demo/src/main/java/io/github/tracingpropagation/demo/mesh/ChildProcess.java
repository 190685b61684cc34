// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tracingpropagation.demo.bookinfo.Service;
import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server that runs as a child process, and ends when this process ends, even if that is killed.
 * Threads may share it.
 *
 * @param serving first group of the pattern, from the line of output that said that it serves
 */
public record ChildProcess(Process process, String serving) implements AutoCloseable {
  private static final int START_TIMEOUT_SECONDS = 60;
  private static final int LAST_LINES = 20;

  /**
   * Shell script that kills its command when standard input is closed: by {@link #close()}, or by
   * the operating system at the end of this process.
   */
  private static final String UNTIL_PIPE_CLOSES =
      "exec 3<&0; (read -r _ <&3; kill $$) >&- 2>&- & exec \"$@\" 3<&- </dev/null";

  /**
   * Starts a server and waits for the line that says that it serves, at most 60 s.
   *
   * @param name for messages
   * @param ready found in that line
   * @param variables the environment, beside this process's PATH and HOME. No other is inherited,
   *     since it could configure the server.
   * @throws IOException if the server does not start; the message has its last lines of output
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> variables, Pattern ready)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", UNTIL_PIPE_CLOSES, name);
    builder.command().addAll(command);
    builder.redirectErrorStream(true);
    builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    Deque<String> lastLines = new ConcurrentLinkedDeque<>();
    CompletableFuture<String> serving = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, lastLines, ready, serving), name + "-output");
    reader.setDaemon(true);
    reader.start();
    try {
      return new ChildProcess(process, serving.get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      new ChildProcess(process, "").close();
      throw new IOException(
          name + " does not start; its last words:\n" + String.join("\n", lastLines), e);
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (process.waitFor(Service.GRACE.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // the process cannot be told
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private static void read(
      Process process, Deque<String> lastLines, Pattern ready, CompletableFuture<String> serving) {
    try (Stream<String> lines = process.inputReader(UTF_8).lines()) {
      lines.forEach(
          line -> {
            lastLines.add(line);
            if (lastLines.size() > LAST_LINES) {
              lastLines.remove();
            }
            Matcher matcher = ready.matcher(line);
            if (matcher.find()) {
              serving.complete(matcher.group(1));
            }
          });
    } finally {
      serving.completeExceptionally(new IOException("it ended"));
    }
  }
}
