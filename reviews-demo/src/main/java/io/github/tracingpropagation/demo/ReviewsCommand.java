// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

@Command(
    name = "reviews",
    description = {"Serves bookinfo's reviews: GET /reviews/{id}, GET /health.", ""},
    footer = {
      "",
      "Environment:",
      "  PORT                   as --port",
      "  ENABLE_RATINGS         true: ask ratings (default: false)",
      "  STAR_COLOR             of the ratings (default: black); with another one",
      "                         than black, ratings must answer in 2.5 s, else 10 s",
      "  RATINGS_HOSTNAME       default: ratings",
      "  SERVICES_DOMAIN        appended to the host name after a dot (default: none)",
      "  RATINGS_SERVICE_PORT   default: 9080",
      "  RATINGS_CLIENT         okhttp or jaxrs (default: okhttp)",
      "  HOSTNAME               shown as podname",
      "  CLUSTER_NAME           shown as clustername",
      "  TRACING_PROPAGATION_*  what to capture and forward, and where to",
      "",
      "Stops with SIGTERM or Ctrl-C, once the requests under way are answered."
    })
final class ReviewsCommand extends ServiceCommand {
  ReviewsCommand(Variables variables) {
    super(variables, "/reviews/0");
  }

  @Override
  Service start(int listenPort, TracingPropagation propagation, PrintWriter out)
      throws IOException {
    return ReviewsService.start(
        EVERY_INTERFACE,
        listenPort,
        ReviewsSettings.from(variables),
        propagation,
        new AccessLog("reviews", out));
  }
}
