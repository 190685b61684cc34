// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that runs a host and writes a log file below {@code target/}. */
final class HostProcess {
  private static final long START_SECONDS = 180;
  private static final long STOP_SECONDS = 20;

  private final Process process;
  private final Path log;

  private HostProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a host.
   *
   * @param name of the log file
   */
  static HostProcess start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    Path log = Files.createDirectories(Path.of("target", "hosts")).resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // As the tests: in its few minutes the optimising compiler costs more than it saves.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    return new HostProcess(builder.start(), log);
  }

  /** Waits until the host answers with a status that is neither 404 nor a fault. */
  void awaitAnswer(URI uri) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers(uri)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        fail("no answer from %s; the host's log is %s", uri, log());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Waits until the host accepts connections. */
  void awaitPort(int port) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!accepts(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        fail("nothing listens at port %s; the host's log is %s", port, log());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits for a process that ends by itself, and returns its exit status. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
      stop();
      fail("it does not end; its log is %s", log());
    }
    return process.exitValue();
  }

  private static boolean answers(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(10_000);
      int status = connection.getResponseCode();
      return status < 500 && status != 404;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the path of this JVM's {@code java}. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Returns a file that the build created below {@code host-tests/}. */
  static Path built(String path) {
    Path file = Path.of("..", path).toAbsolutePath().normalize();
    if (!Files.exists(file)) {
      fail("%s does not exist: build it with mvn -Phost-tests package", file);
    }
    return file;
  }

  /** Returns the path of the log. */
  Path log() {
    return log.toAbsolutePath();
  }

  /** Returns the content of the log. */
  String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the host and its child processes. */
  void stop() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    children.forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
