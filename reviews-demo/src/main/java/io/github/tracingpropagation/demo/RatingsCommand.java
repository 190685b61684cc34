// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "ratings",
    description = {
      "Serves bookinfo's ratings: GET and POST /ratings/{id}, GET /health. What is posted is kept"
          + " in memory.",
      ""
    },
    footer = {
      "",
      "Environment:",
      "  PORT                   as --port",
      "  SERVICE_VERSION        v1 and the like (default: v1), or one that misbehaves:",
      "                         v-faulty       half of the answers are 503",
      "                         v-delayed      half of the answers take 7 s",
      "                         v-unavailable  503 every other minute",
      "                         v-unhealthy    503, and 500 of /health, every other",
      "                                        15 minutes",
      "  TRACING_PROPAGATION_*  what to capture",
      "",
      "Stops with SIGTERM or Ctrl-C, once the requests under way are answered."
    })
final class RatingsCommand implements Callable<Integer> {
  private final Variables variables;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to listen; 0 is any free port (default: 9080).")
  private @Nullable String port;

  RatingsCommand(Variables variables) {
    this.variables = variables;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    RatingsService service = start(variables.listenPort(port), out);
    out.println("ratings listens at " + service.uri("/ratings/0"));
    Stop.await("ratings", service, out);
    return 0;
  }

  private RatingsService start(int listenPort, PrintWriter out) {
    try {
      return RatingsService.start(
          "0.0.0.0",
          listenPort,
          RatingsServlet.create(Faults.mode(variables)),
          TracingPropagation.fromEnvironment(),
          new AccessLog("ratings", out));
    } catch (IOException e) {
      throw Variables.unusable(port, listenPort, e);
    }
  }
}
