// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.ratings.RatingsService;
import io.github.tracingpropagation.demo.service.AccessLog;
import io.github.tracingpropagation.demo.service.Environment;
import io.github.tracingpropagation.demo.service.Service;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

@Command(
    name = "ratings",
    description = {
      "Serves bookinfo's ratings: GET and POST /ratings/{id}, GET /health. Posted ratings are kept"
          + " in memory.",
      ""
    },
    footer = {
      "",
      "Environment:",
      "  PORT                   as --port",
      "  SERVICE_VERSION        v1 and the like (default: v1), or a fault mode:",
      "                         v-faulty       half of the answers are 503",
      "                         v-delayed      half of the answers take 7 s",
      "                         v-unavailable  503 every other minute",
      "                         v-unhealthy    503, and 500 of /health, every other",
      "                                        15 minutes",
      "  TRACING_PROPAGATION_*  what to capture",
      "",
      "Stops on SIGTERM or Ctrl-C, after the requests in flight are answered."
    })
final class RatingsCommand extends ServiceCommand {
  RatingsCommand(Environment environment) {
    super(environment, "/ratings/0");
  }

  @Override
  Service start(int listenPort, TracingPropagation propagation, PrintWriter out)
      throws IOException {
    return RatingsService.start(
        EVERY_INTERFACE, listenPort, environment, propagation, new AccessLog("ratings", out));
  }
}
