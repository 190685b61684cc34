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
final class ReviewsCommand implements Callable<Integer> {
  private final Variables variables;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to listen; 0 is any free port (default: 9080).")
  private @Nullable String port;

  ReviewsCommand(Variables variables) {
    this.variables = variables;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    ReviewsService service = start(variables.listenPort(port), out);
    out.println("reviews listens at " + service.uri("/reviews/0"));
    Stop.await("reviews", service, out);
    return 0;
  }

  private ReviewsService start(int listenPort, PrintWriter out) {
    try {
      return ReviewsService.start(
          "0.0.0.0",
          listenPort,
          ReviewsSettings.from(variables),
          TracingPropagation.fromEnvironment(),
          new AccessLog("reviews", out));
    } catch (IOException e) {
      throw Variables.unusable(port, listenPort, e);
    }
  }
}
