// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.ReviewsService;
import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import io.github.tracingpropagation.demo.mesh.BuiltInSidecars;
import io.github.tracingpropagation.demo.mesh.EnvoySidecars;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
      "  RATINGS_CLIENT         as --client",
      "  NO_COLOR               as --no-color",
      "",
      "Exit status: 0 if every check passed; 1 if one failed, or Zipkin or Jaeger did not answer during the story, or Zipkin at its start; 2 if an option"
          + " or a variable is invalid, or Jaeger is not at its URLs."
    })
final class RunCommand implements Callable<Integer> {
  private static final String EVERY_INTERFACE = "0.0.0.0";

  private final Environment environment;

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

  @Mixin private final StorySettings settings = new StorySettings();

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

  RunCommand(Environment environment) {
    this.environment = environment;
  }

  /** Runs the story. */
  @Override
  public Integer call() throws InterruptedException {
    Environment.oneOf("run", command, List.of("mesh", "reviews", "ratings"));
    settings.check(environment);
    try (TraceBackend backend = settings.backend()) {
      return play(backend);
    } catch (IOException e) {
      commandLine().getErr().println("run: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int play(TraceBackend backend) throws IOException, InterruptedException {
    backend.check();
    CommandLine command = commandLine();
    Terminal terminal =
        json
            ? new Terminal(command.getErr(), Ansi.OFF)
            : new Terminal(out(), plain ? Ansi.OFF : command.getColorScheme().ansi());
    try (Story story = new Story(settings, sidecars(backend.collector()), backend, terminal)) {
      ObjectNode result = story.play();
      if (json) {
        out().println(result);
      }
      if (!exit && settings.hasFourSteps()) {
        story.serve(result.path("trace").asText());
        awaitShutdown("the demo", story, terminal.out());
      }
      return story.passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private BiFunction<Tracer, String, Sidecars> sidecars(URI zipkin) {
    String envoy = settings.envoy;
    if (envoy == null) {
      return (tracer, meshId) -> BuiltInSidecars.reportingTo(zipkin, meshId);
    }
    return (tracer, meshId) ->
        new EnvoySidecars(
            envoy, tracer, meshId, tracer.reportsToZipkin() ? zipkin : EnvoySidecars.NO_COLLECTOR);
  }

  @Command(
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
        "  RATINGS_CLIENT         okhttp, jaxrs or grpc (default: okhttp)",
        "  RATINGS_SERVICE_PORT_GRPC  with grpc, in place of RATINGS_SERVICE_PORT",
        "                         (default: 9081)",
        "  HOSTNAME               shown as podname",
        "  CLUSTER_NAME           shown as clustername",
        "  TRACING_PROPAGATION_*  what to capture and forward, and where to",
        "",
        "Stops on SIGTERM or Ctrl-C, after the requests in flight are answered."
      })
  int reviews(@Mixin PortOption port) throws InterruptedException {
    return serve("reviews", port, ReviewsService::start);
  }

  @Command(
      description = {
        "Serves bookinfo's ratings: GET and POST /ratings/{id}, GET /health; and bookinfo.Ratings/Get"
            + " by gRPC. Posted ratings are kept in memory.",
        ""
      },
      footer = {
        "",
        "Environment:",
        "  PORT                   as --port",
        "  GRPC_PORT              of gRPC (default: the next one)",
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
  int ratings(@Mixin PortOption port) throws InterruptedException {
    return serve("ratings", port, RatingsService::start);
  }

  static final class PortOption {
    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "Port to listen on; 0 is any free port (default: 9080).")
    private @Nullable String value;
  }

  @FunctionalInterface
  private interface Start {
    Service at(ServerSettings server) throws IOException;
  }

  /** Runs one service until the process is stopped. */
  private int serve(String service, PortOption option, Start start) throws InterruptedException {
    String name = option.value == null ? "PORT" : "--port";
    String value = option.value == null ? environment.text("PORT", "9080") : option.value;
    int port = Environment.port(name, value, 0);
    ServerSettings server =
        new ServerSettings(
            EVERY_INTERFACE,
            port,
            environment,
            TracingPropagation.fromEnvironment(),
            ServedRequest.log(service, out()));
    Service running;
    try {
      running = start.at(server);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s=%s cannot be used (%s); allowed: a free port; 0 is any free port"
              .formatted(name, value, rootCause(e).getMessage()),
          e);
    }
    out().println(service + " listens at " + running.uri("/" + service + "/0"));
    awaitShutdown(service, running, out());
    return CommandLine.ExitCode.OK;
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }

  /** Waits for SIGTERM or SIGINT, then closes the services, which finish the requests in flight. */
  private static void awaitShutdown(String name, AutoCloseable services, PrintWriter out)
      throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  out.println(name + " stops");
                  out.flush();
                  try {
                    services.close();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
    new CountDownLatch(1).await(); // never counted down: the process exits after the hook
  }

  private CommandLine commandLine() {
    return requireNonNull(spec).commandLine();
  }

  private PrintWriter out() {
    return commandLine().getOut();
  }
}
