// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.bookinfo.Logging;
import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import java.util.Map;
import picocli.CommandLine;

/** Entry point of the command line. Each process calls it once. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and exits with its status.
   *
   * @param args as {@code --help} explains
   */
  public static void main(String... args) {
    Logging.warningsOnly();
    System.exit(commandLine(System.getenv()).execute(args));
  }

  /** Returns the command line with these environment variables. */
  static CommandLine commandLine(Map<String, String> variables) {
    return new CommandLine(new RunCommand(new Environment(variables)))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(
            (e, args) -> printError(e.getCommandLine(), e.getMessage() + "; see --help"))
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              if (e instanceof IllegalArgumentException) {
                return printError(command, String.valueOf(e.getMessage()));
              }
              throw e;
            });
  }

  private static int printError(CommandLine command, String message) {
    command.getErr().println(ServedRequest.printable(command.getCommandName() + ": " + message));
    return CommandLine.ExitCode.USAGE;
  }
}
