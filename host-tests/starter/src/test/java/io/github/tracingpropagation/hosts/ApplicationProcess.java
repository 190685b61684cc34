// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The servlet application in a process of its own, without the classes of the tests. */
record ApplicationProcess(Process process, Path log, URI uri) implements RunningApplication {
  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
  private static final long START_SECONDS = 120;

  /** What to start: the jars that are left out, options of the JVM, variables, arguments. */
  record Settings(
      String name,
      Path java,
      Predicate<String> jars,
      List<String> options,
      Map<String, String> variables,
      List<String> arguments) {
    static Settings of(String name) {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      return new Settings(name, java, jar -> true, List.of(), Map.of(), List.of());
    }

    Settings java(Path other) {
      return new Settings(name, other, jars, options, variables, arguments);
    }

    Settings jars(Predicate<String> kept) {
      return new Settings(name, java, kept, options, variables, arguments);
    }

    Settings options(String... others) {
      return new Settings(name, java, jars, List.of(others), variables, arguments);
    }

    Settings variables(Map<String, String> others) {
      return new Settings(name, java, jars, options, others, arguments);
    }

    Settings arguments(String... others) {
      return new Settings(name, java, jars, options, variables, List.of(others));
    }
  }

  static ApplicationProcess start(Settings settings, String downstream) throws Exception {
    ApplicationProcess started = launch(settings, downstream);
    try {
      URI uri = URI.create("http://127.0.0.1:" + started.port(1));
      return new ApplicationProcess(started.process, started.log, uri);
    } catch (InterruptedException | AssertionError e) {
      started.close();
      throw e;
    }
  }

  /** Returns the endpoint that calls, on the actuator's own port. */
  Actuator actuator() throws InterruptedException {
    return Actuator.at(port(2));
  }

  /** Waits for the first or the second server, and returns its port. */
  private String port(int server) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      List<String> ports =
          STARTED.matcher(output()).results().map(started -> started.group(1)).toList();
      if (ports.size() >= server) {
        return ports.get(server - 1);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("does not start: " + output());
  }

  private static ApplicationProcess launch(Settings settings, String downstream)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(settings.java().toString()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(settings.options());
    command.addAll(List.of("-cp", classPath(settings.jars()), Application.class.getName()));
    command.add("--downstream=" + downstream);
    command.addAll(settings.arguments());
    Path log =
        Files.createDirectories(Path.of("target", "applications"))
            .resolve(settings.name() + "-" + Tracer.present() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(settings.variables());
    return new ApplicationProcess(builder.start(), log, URI.create("http://127.0.0.1:1"));
  }

  private static String classPath(Predicate<String> jars) {
    String tests = File.separator + "test-classes";
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith(tests))
        .filter(entry -> jars.test(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
