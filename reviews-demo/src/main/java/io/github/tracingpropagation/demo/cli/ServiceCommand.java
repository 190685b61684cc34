// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.service.Environment;
import io.github.tracingpropagation.demo.service.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one service until the process is stopped. */
abstract class ServiceCommand implements Callable<Integer> {
  static final String EVERY_INTERFACE = "0.0.0.0";

  private final String path;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 is any free port (default: 9080).")
  private @Nullable String port;

  final Environment environment;

  /**
   * Creates the command.
   *
   * @param path example that the start message has
   */
  ServiceCommand(Environment environment, String path) {
    this.environment = environment;
    this.path = path;
  }

  abstract Service start(int listenPort, TracingPropagation propagation, PrintWriter out)
      throws IOException;

  @Override
  public final Integer call() throws InterruptedException {
    CommandSpec command = requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    Service service = start(out);
    out.println(command.name() + " listens at " + service.uri(path));
    Shutdown.await(command.name(), service, out);
    return 0;
  }

  private Service start(PrintWriter out) {
    int listenPort = environment.listenPort(port);
    try {
      return start(listenPort, TracingPropagation.fromEnvironment(), out);
    } catch (IOException e) {
      throw Environment.unusablePort(port, listenPort, e);
    }
  }
}
