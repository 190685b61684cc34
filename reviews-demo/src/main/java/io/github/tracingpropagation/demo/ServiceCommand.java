// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves one service until it is stopped. */
abstract class ServiceCommand implements Callable<Integer> {
  static final String EVERY_INTERFACE = "0.0.0.0";

  private final String path;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to listen; 0 is any free port (default: 9080).")
  private @Nullable String port;

  final Variables variables;

  /**
   * Takes what differs.
   *
   * @param path to show as an example
   */
  ServiceCommand(Variables variables, String path) {
    this.variables = variables;
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
    Stop.await(command.name(), service, out);
    return 0;
  }

  private Service start(PrintWriter out) {
    int listenPort = variables.listenPort(port);
    try {
      return start(listenPort, TracingPropagation.fromEnvironment(), out);
    } catch (IOException e) {
      throw Variables.unusable(port, listenPort, e);
    }
  }
}
