// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.runner.RunnerException;
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
    Path module = Path.of(System.getProperty("benchmarks.module", ""));
    System.exit(commandLine(module).execute(args));
  }

  /** Returns the command line, which works in this module's directory. */
  static CommandLine commandLine(Path module) {
    RunCommand run = new RunCommand(module);
    return new CommandLine(run)
        // In the order in which they run when none is named; the report has to be the last.
        .addSubcommand(new HopCommand(run))
        .addSubcommand(new GrowthCommand(run))
        .addSubcommand(new TrafficCommand(run))
        .addSubcommand(new MemoryCommand(run))
        .addSubcommand(new ReportCommand(run))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(
            (e, args) -> complain(e.getCommandLine(), e.getMessage() + "; see --help"))
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              if (e instanceof IllegalArgumentException) {
                return complain(command, String.valueOf(e.getMessage()));
              }
              if (e instanceof RunnerException) {
                complain(command, e.getMessage() + "; the log tells more");
                return CommandLine.ExitCode.SOFTWARE;
              }
              if (e instanceof IOException) {
                complain(command, String.valueOf(e.getMessage()));
                return CommandLine.ExitCode.SOFTWARE;
              }
              throw e;
            });
  }

  private static int complain(CommandLine command, String message) {
    command.getErr().println(command.getCommandName() + ": " + message);
    return CommandLine.ExitCode.USAGE;
  }
}
