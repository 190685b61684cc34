// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.demo.envoy.EnvoySidecars;
import io.github.tracingpropagation.demo.envoy.Tracer;
import io.github.tracingpropagation.demo.jaeger.JaegerClient;
import io.github.tracingpropagation.demo.service.Environment;
import io.github.tracingpropagation.demo.service.Json;
import io.github.tracingpropagation.demo.sidecar.BuiltInSidecars;
import io.github.tracingpropagation.demo.sidecar.Sidecars;
import io.github.tracingpropagation.demo.story.ProviderStory;
import io.github.tracingpropagation.demo.story.Story;
import io.github.tracingpropagation.demo.story.StoryResult;
import io.github.tracingpropagation.demo.story.StorySettings;
import io.github.tracingpropagation.demo.zipkin.TraceBackend;
import io.github.tracingpropagation.demo.zipkin.ZipkinClient;
import io.github.tracingpropagation.demo.zipkin.ZipkinServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
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
          + " and checks in Zipkin or Jaeger that traces break without forwarding and are whole with it. Then"
          + " serves until it is stopped.",
      ""
    },
    footer = {
      "",
      "Environment:",
      "  TRACING_PROPAGATION_*  what reviews captures and forwards, to which hosts",
      "  NO_COLOR               as --no-color",
      "",
      "Exit status: 0 if every check passed; 1 if one failed, or Zipkin or Jaeger did not answer during the story, or Zipkin at its start; 2 if an option"
          + " or a variable is invalid, or Jaeger is not at its URLs."
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
    Path envoy = options.envoys().program();
    TraceBackend running = options.backend();
    try {
      if (running != null) {
        return play(settings, envoy, running, commandLine);
      }
      try (ZipkinServer server = ZipkinServer.start(ZipkinServer.jar())) {
        return play(settings, envoy, new ZipkinClient(server.uri()), commandLine);
      }
    } catch (IOException e) {
      commandLine.getErr().println("run: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int play(
      StorySettings settings, @Nullable Path envoy, TraceBackend backend, CommandLine commandLine)
      throws IOException, InterruptedException {
    check(backend);
    PrintWriter out = json ? commandLine.getErr() : commandLine.getOut();
    Ansi ansi = json || plain ? Ansi.OFF : commandLine.getColorScheme().ansi();
    BiFunction<Tracer, String, Sidecars> sidecars =
        (tracer, meshId) ->
            envoy == null
                ? BuiltInSidecars.reportingTo(backend.collector(), meshId)
                : new EnvoySidecars(
                    envoy,
                    tracer,
                    meshId,
                    tracer.reportsToZipkin() ? backend.collector() : EnvoySidecars.NO_COLLECTOR);
    List<Tracer> tracers = options.envoys().tracers();
    if (tracers.size() > 1 || !settings.tracer().reportsToZipkin()) {
      ProviderStory story = new ProviderStory(settings, sidecars, backend, out, ansi);
      print(story.play(tracers), commandLine);
      return status(story.passed());
    }
    try (Story story =
        new Story(settings, id -> sidecars.apply(settings.tracer(), id), backend, out, ansi)) {
      StoryResult result = story.play();
      print(result, commandLine);
      if (!exit) {
        story.serve(result);
        Shutdown.await("the demo", story, out);
      }
      return status(story.passed());
    }
  }

  /** A wrong URL of Jaeger is an invalid option; one of Zipkin has had status 1 from the start. */
  private static void check(TraceBackend backend) throws IOException, InterruptedException {
    try {
      backend.check();
    } catch (IOException e) {
      if (backend instanceof JaegerClient) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      throw e;
    }
  }

  private void print(Object result, CommandLine commandLine) {
    if (json) {
      commandLine.getOut().println(Json.text(result));
    }
  }

  private static int status(boolean passed) {
    return passed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
