// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.reviews.ReviewsService;
import io.github.tracingpropagation.demo.service.AccessLog;
import io.github.tracingpropagation.demo.service.Environment;
import io.github.tracingpropagation.demo.service.Service;
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
      "  ENABLE_RATINGS         true: call ratings (default: false)",
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
      "Stops on SIGTERM or Ctrl-C, after the requests in flight are answered."
    })
final class ReviewsCommand extends ServiceCommand {
  ReviewsCommand(Environment environment) {
    super(environment, "/reviews/0");
  }

  @Override
  Service start(int listenPort, TracingPropagation propagation, PrintWriter out)
      throws IOException {
    return ReviewsService.start(
        EVERY_INTERFACE, listenPort, environment, propagation, new AccessLog("reviews", out));
  }
}
