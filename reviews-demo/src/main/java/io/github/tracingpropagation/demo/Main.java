// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.util.Map;
import picocli.CommandLine;

/** The command line. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its status.
   *
   * @param args what {@code --help} explains
   */
  public static void main(String... args) {
    Logging.quieten();
    System.exit(commandLine(System.getenv()).execute(args));
  }

  /** Returns the command line, which reads these variables. */
  static CommandLine commandLine(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    return new CommandLine(new RunCommand())
        .addSubcommand(new ReviewsCommand(variables))
        .addSubcommand(new RatingsCommand(variables))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(
            (e, args) -> complain(e.getCommandLine(), e.getMessage() + "; see --help"))
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              if (e instanceof IllegalArgumentException) {
                return complain(command, String.valueOf(e.getMessage()));
              }
              throw e;
            });
  }

  private static int complain(CommandLine command, String message) {
    command.getErr().println(Text.printable(command.getCommandName() + ": " + message));
    return CommandLine.ExitCode.USAGE;
  }
}
