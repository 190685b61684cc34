// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.mesh.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reviews as a process of its own, since the library reads the real environment. */
public final class ReviewsProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("reviews listens at (http://\\S+)");

  private final ChildProcess process;

  private ReviewsProcess(ChildProcess process) {
    this.process = process;
  }

  /** Starts {@code run reviews} with exactly these variables. */
  public static ReviewsProcess start(Map<String, String> variables)
      throws IOException, InterruptedException {
    return new ReviewsProcess(
        ChildProcess.start("reviews", command("reviews"), variables, LISTENS));
  }

  /** Returns the command that starts the demo in a JVM with the options of {@code run}. */
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin/java");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Returns the URI of the reviews of product 0. */
  public URI uri() {
    return URI.create(process.serving());
  }

  @Override
  public void close() {
    process.close();
  }
}
