// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.zipkin;

import io.github.tracingpropagation.demo.service.Service;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Zipkin server with in-memory storage: a child process that listens on a free loopback port, and
 * ends when this process ends, even if that is killed. Threads may share it.
 */
public final class ZipkinServer implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern SERVING = Pattern.compile("Serving HTTP at .* (http://\\S+?)/?$");
  private static final int LAST_LINES = 20;

  /**
   * Shell script that kills its command when standard input is closed: by {@link #close()}, or by
   * the operating system at the end of this process.
   */
  private static final String UNTIL_PIPE_CLOSES =
      "exec 3<&0; (read -r _ <&3; kill $$) >&- 2>&- & exec \"$@\" 3<&- </dev/null";

  private final Process process;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CompletableFuture<URI> serving = new CompletableFuture<>();

  private ZipkinServer(Process process) {
    this.process = process;
  }

  /** Returns the path of Zipkin's jar, which the build puts beside the demo's jar or classes. */
  public static Path jar() {
    return Path.of(
            URI.create(
                ZipkinServer.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .resolveSibling("zipkin-server-slim.jar");
  }

  /**
   * Starts the server and waits until it listens, at most 60 s.
   *
   * @throws IOException if it does not start
   */
  public static ZipkinServer start(Path jar) throws IOException, InterruptedException {
    if (!Files.exists(jar)) {
      throw new IOException(
          "Zipkin's jar is missing: "
              + jar
              + "; build again, or take a Zipkin that runs by --zipkin=URL");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "sh",
                    "-c",
                    UNTIL_PIPE_CLOSES,
                    "zipkin",
                    System.getProperty("java.home") + File.separator + "bin/java",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "-jar",
                    jar.toString(),
                    "--armeria.ports[0].ip=127.0.0.1",
                    "--armeria.ports[0].port=0",
                    "--armeria.ports[0].protocols[0]=http"))
            .redirectErrorStream(true);
    builder.environment().clear(); // could configure Zipkin otherwiseClient
    ZipkinServer server = new ZipkinServer(builder.start());
    Thread reader = new Thread(server::read, "zipkin-output");
    reader.setDaemon(true);
    reader.start();
    try {
      server.serving.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      return server;
    } catch (ExecutionException | TimeoutException e) {
      server.close();
      throw new IOException("Zipkin does not start; its last words:\n" + server.lastWords(), e);
    }
  }

  /** Returns the base URI. */
  public URI uri() {
    return serving.join();
  }

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

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        synchronized (lastLines) {
          lastLines.add(line);
          if (lastLines.size() > LAST_LINES) {
            lastLines.remove();
          }
        }
        Matcher matcher = SERVING.matcher(line);
        if (matcher.find()) {
          serving.complete(URI.create(matcher.group(1)));
        }
      }
      serving.completeExceptionally(new IOException("it ended"));
    } catch (IOException e) {
      serving.completeExceptionally(e);
    }
  }

  private String lastWords() {
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }
}
