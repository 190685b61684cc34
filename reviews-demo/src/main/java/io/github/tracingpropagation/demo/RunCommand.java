// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "Starts bookinfo's reviews and ratings in one process on free ports, sends requests with"
          + " tracing headers through both, and shows which headers came in and went out. Then"
          + " serves until it is stopped.",
      ""
    },
    footer = {
      "",
      "Environment:",
      "  TRACING_PROPAGATION_*  what to capture and forward, and where to",
      "  NO_COLOR               no colours, also on a terminal",
      "",
      "Exit status: 0 if all went well; 1 if a header was lost or changed; 2 if an option or a"
          + " variable is wrong."
    })
final class RunCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and end.")
  @SuppressWarnings("unused") // picocli looks at it
  private boolean help;

  @Option(
      names = "--exit",
      description = "End after the story: with status 0 only if every header arrived unchanged.")
  private boolean exit;

  @Override
  public Integer call() throws Exception {
    CommandLine commandLine = requireNonNull(spec).commandLine();
    PrintWriter out = commandLine.getOut();
    try (Bookinfo bookinfo = Bookinfo.start(out)) {
      PassagePrinter printer = new PassagePrinter(out, commandLine.getColorScheme().ansi());
      boolean good = Story.create(bookinfo, printer).play();
      if (exit) {
        return good ? 0 : 1;
      }
      bookinfo.atReviews().end();
      bookinfo.atRatings().end();
      out.printf("%nStill serving, until stopped (Ctrl-C):%n");
      out.printf("  reviews, OkHttp        %s%n", bookinfo.okHttpReviews().uri("/reviews/0"));
      out.printf("  reviews, Jakarta REST  %s%n", bookinfo.jaxrsReviews().uri("/reviews/0"));
      out.printf("  ratings                %s%n", bookinfo.ratings().uri("/ratings/0"));
      out.printf(
          "Try: curl -H 'x-request-id: mine' -H 'x-b3-sampled: 1' %s%n",
          bookinfo.okHttpReviews().uri("/reviews/0"));
      Stop.await("the demo", bookinfo, out);
      return 0;
    }
  }
}
