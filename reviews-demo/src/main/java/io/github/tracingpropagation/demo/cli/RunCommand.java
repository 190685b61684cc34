// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.demo.envoy.EnvoySidecars;
import io.github.tracingpropagation.demo.envoy.Tracer;
import io.github.tracingpropagation.demo.service.Environment;
import io.github.tracingpropagation.demo.service.Json;
import io.github.tracingpropagation.demo.sidecar.BuiltInSidecars;
import io.github.tracingpropagation.demo.sidecar.Sidecars;
import io.github.tracingpropagation.demo.story.Story;
import io.github.tracingpropagation.demo.story.StoryResult;
import io.github.tracingpropagation.demo.story.StorySettings;
import io.github.tracingpropagation.demo.zipkin.ZipkinClient;
import io.github.tracingpropagation.demo.zipkin.ZipkinServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
      "Runs bookinfo's reviews and ratings behind sidecars that handle tracing headers as Istio's do,"
          + " and checks in Zipkin that traces break without forwarding and are whole with it. Then"
          + " serves until it is stopped.",
      ""
    },
    footer = {
      "",
      "Environment:",
      "  TRACING_PROPAGATION_*  what reviews captures and forwards, to which hosts",
      "  NO_COLOR               as --no-color",
      "",
      "Exit status: 0 if every check passed; 1 if one failed, or Zipkin did not answer; 2 if an option"
          + " or a variable is invalid."
    })
final class RunCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and end.")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  @Parameters(
      arity = "0..1",
      paramLabel = "mesh",
      defaultValue = "mesh",
      description = "Run the story, which is the default.")
  private String command = "";

  @Mixin private final StoryOptions options = new StoryOptions();

  @Option(
      names = "--exit",
      description = "Exit after the story, with status 0 only if every check passed.")
  private boolean exit;

  @Option(
      names = "--json",
      description = "Print the result as JSON, and the story to standard error.")
  private boolean json;

  @Option(names = "--no-color", description = "Print plain text, also on a terminal.")
  private boolean plain;

  @Override
  public Integer call() throws InterruptedException {
    if (!command.equals("mesh")) {
      throw Environment.invalid("run", command, "mesh, reviews, ratings");
    }
    CommandLine commandLine = requireNonNull(spec).commandLine();
    StorySettings settings = options.settings();
    URI running = options.zipkin();
    try {
      if (running != null) {
        return play(settings, new ZipkinClient(running), commandLine);
      }
      try (ZipkinServer server = ZipkinServer.start(ZipkinServer.jar())) {
        return play(settings, new ZipkinClient(server.uri()), commandLine);
      }
    } catch (IOException e) {
      commandLine.getErr().println("run: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int play(StorySettings settings, ZipkinClient zipkin, CommandLine commandLine)
      throws IOException, InterruptedException {
    zipkin.check();
    PrintWriter out = json ? commandLine.getErr() : commandLine.getOut();
    Ansi ansi = json || plain ? Ansi.OFF : commandLine.getColorScheme().ansi();
    Path envoy = options.envoy();
    Function<String, Sidecars> sidecars =
        envoy == null
            ? id -> BuiltInSidecars.reportingTo(zipkin.uri(), id)
            : id -> new EnvoySidecars(envoy, Tracer.ZIPKIN, id, zipkin.uri());
    try (Story story = new Story(settings, sidecars, zipkin, out, ansi)) {
      StoryResult result = story.play();
      if (json) {
        commandLine.getOut().println(Json.text(result));
      }
      if (!exit) {
        story.serve(result);
        Shutdown.await("the demo", story, out);
      }
      return story.passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }
}
