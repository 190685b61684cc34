// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.bookinfo.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/** The result of a command that has run in this JVM. */
record CommandRun(int status, String out, String err) {
  /** Runs a command without environment variables. */
  static CommandRun of(String... arguments) {
    return of(Map.of(), arguments);
  }

  /** Runs a command with these environment variables. */
  static CommandRun of(Map<String, String> variables, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine(variables)
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }

  JsonNode json() throws IOException {
    return Json.read(out.getBytes(UTF_8));
  }
}
