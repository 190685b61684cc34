// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

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
final class RatingsCommand extends ServiceCommand {
  RatingsCommand(Variables variables) {
    super(variables, "/ratings/0");
  }

  @Override
  Service start(int listenPort, TracingPropagation propagation, PrintWriter out)
      throws IOException {
    return RatingsService.start(
        EVERY_INTERFACE,
        listenPort,
        RatingsServlet.create(Faults.mode(variables)),
        propagation,
        new AccessLog("ratings", out));
  }
}
