// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.logging.LogManager;
import okhttp3.HttpUrl;
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
    logWarningsOnly();
    System.exit(commandLine(System.getenv()).execute(args));
  }

  /** Logs warnings and errors only, one line each, but for what the demo does on purpose. */
  public static void logWarningsOnly() {
    try (InputStream levels = Main.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager()
          .updateConfiguration(levels, key -> (oldValue, newValue) -> newValue);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the command line with these environment variables. */
  static CommandLine commandLine(Map<String, String> variables) {
    return new CommandLine(new RunCommand(new Environment(variables)))
        .registerConverter(HttpUrl.class, HttpUrl::get)
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
