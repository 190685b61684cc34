// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "Plays what forwarding is good for: bookinfo's reviews and ratings behind sidecars that do as"
          + " Istio's, and a Zipkin that shows how a trace falls apart without forwarding and holds"
          + " with it. Then serves until it is stopped.",
      ""
    },
    footer = {
      "",
      "Environment:",
      "  TRACING_PROPAGATION_*  what reviews captures and forwards, and where to",
      "  NO_COLOR               as --no-color",
      "",
      "Exit status: 0 if all went well; 1 if a promise was not kept, or there is no Zipkin to tell;"
          + " 2 if an option or a variable is wrong."
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

  @Parameters(
      arity = "0..1",
      paramLabel = "mesh",
      defaultValue = "mesh",
      description = "The story; so it is without this word.")
  private String what = "";

  @Mixin private final StoryOptions options = new StoryOptions();

  @Option(
      names = "--exit",
      description = "End after the story: with status 0 only if every promise was kept.")
  private boolean exit;

  @Option(
      names = "--json",
      description = "Print the result as JSON, and the story to the error output.")
  private boolean json;

  @Option(names = "--no-color", description = "Print plain text, also on a terminal.")
  private boolean plain;

  @Override
  public Integer call() throws InterruptedException {
    if (!what.equals("mesh")) {
      throw Variables.bad("run", what, "mesh, reviews, ratings");
    }
    CommandLine commandLine = requireNonNull(spec).commandLine();
    StorySettings settings = options.settings();
    URI running = options.zipkin();
    try {
      if (running != null) {
        return play(settings, Zipkin.at(running), commandLine);
      }
      try (ZipkinServer server = ZipkinServer.start(ZipkinServer.jar())) {
        return play(settings, Zipkin.at(server.uri()), commandLine);
      }
    } catch (IOException e) {
      commandLine.getErr().println("run: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int play(StorySettings settings, Zipkin zipkin, CommandLine commandLine)
      throws IOException, InterruptedException {
    zipkin.check();
    PrintWriter out = json ? commandLine.getErr() : commandLine.getOut();
    Ansi ansi = json || plain ? Ansi.OFF : commandLine.getColorScheme().ansi();
    try (Story story = new Story(settings, zipkin, new Screen(out, ansi), out)) {
      StoryResult result = story.play();
      if (json) {
        commandLine.getOut().println(Json.text(result));
      }
      if (!exit) {
        serve(story, result, zipkin, out);
      }
      return story.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static void serve(Story story, StoryResult result, Zipkin zipkin, PrintWriter out)
      throws InterruptedException {
    List<Mesh> meshes = story.meshes();
    out.printf("%nStill serving, until stopped (Ctrl-C). Open:%n");
    out.printf("  %s  the trace above%n", zipkin.page(result.trace()));
    out.printf("  %s  who calls whom%n", zipkin.graph());
    out.printf("Try, and look for the trace in Zipkin:%n");
    out.printf("  curl %s  without forwarding%n", meshes.get(0).reviews(0));
    out.printf("  curl %s  with forwarding%n", meshes.get(1).reviews(0));
    out.printf(
        "  curl -H 'x-b3-sampled: 1' %s  with a rate of %s %%, forced%n",
        meshes.get(3).reviews(0), result.sampling().percent());
    meshes.forEach(Mesh::startLogging);
    Stop.await("the demo", story, out);
  }
}
