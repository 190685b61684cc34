// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.ReviewsService;
import io.github.tracingpropagation.demo.bookinfo.ReviewsSettings;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import okhttp3.HttpUrl;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.RequestLog;
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

/** The command line. Each process calls it once. */
@Command(name = "run", resourceBundle = "io.github.tracingpropagation.demo.help")
public final class Main implements Callable<Integer> {
  private final Environment environment;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT)
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  @Parameters(arity = "0..1", paramLabel = "mesh", defaultValue = "mesh")
  private String argument = "mesh";

  @Mixin private final StorySettings settings = new StorySettings();

  @Option(names = "--exit")
  private boolean exit;

  @Option(names = "--json")
  private boolean json;

  private Main(Environment environment) {
    this.environment = environment;
  }

  public static void main(String... args) {
    logWarningsOnly();
    System.exit(commandLine(System.getenv()).execute(args));
  }

  /** Logs one line for each warning, but for what the demo does on purpose. */
  public static void logWarningsOnly() {
    try (InputStream levels = Main.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager()
          .updateConfiguration(levels, key -> (oldValue, newValue) -> newValue);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CommandLine commandLine(Map<String, String> variables) {
    return new CommandLine(new Main(new Environment(variables)))
        .registerConverter(URI.class, Main::baseUri)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(
            (e, args) -> printInvalid(e.getCommandLine(), e.getMessage() + "; see --help"))
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              if (e instanceof IllegalArgumentException) {
                return printInvalid(command, e.getMessage());
              } else if (e instanceof IOException) {
                command.getErr().println("run: " + e.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
              }
              throw e;
            });
  }

  /** Returns a URI without a slash at its end. */
  private static URI baseUri(String uri) {
    return URI.create(HttpUrl.get(uri).toString().replaceFirst("/+$", ""));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Environment.oneOf("run", argument, List.of("mesh", "reviews", "ratings"));
    settings.check(environment);
    CommandLine command = spec.commandLine();
    Terminal terminal =
        json
            ? new Terminal(command.getErr(), Ansi.OFF)
            : new Terminal(out(), command.getColorScheme().ansi());
    try (TraceBackend backend = settings.backend();
        Story story = new Story(settings, backend, terminal)) {
      backend.check();
      ObjectNode result = story.play();
      if (json) {
        out().println(result);
      }
      if (!exit && result.has("forced")) {
        story.printHints(result.path("trace").asText());
        awaitShutdown("the demo", story::close, terminal.out());
      }
      return story.passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  @Command
  int reviews() throws InterruptedException {
    ReviewsSettings reviews = ReviewsSettings.from(environment);
    return serve("reviews", ReviewsService.start(server("reviews"), reviews));
  }

  @Command
  int ratings() throws InterruptedException {
    return serve("ratings", RatingsService.start(server("ratings")));
  }

  private ServerSettings server(String service) {
    return new ServerSettings(
        "0.0.0.0",
        environment.port("PORT", 9080, 0),
        environment,
        TracingPropagation.fromEnvironment(),
        accessLog(service, out()));
  }

  private int serve(String name, Service service) throws InterruptedException {
    out().println(name + " listens at " + service.uri("/" + name + "/0"));
    awaitShutdown(name, service::close, out());
    return CommandLine.ExitCode.OK;
  }

  /** Returns a log of one line a request: its id finds it in the logs of the other services. */
  static RequestLog accessLog(String service, PrintWriter out) {
    return new CustomRequestLog(
        line -> out.println(Terminal.printable(line)),
        service + " %m %U %s x-request-id=%{x-request-id}i");
  }

  /** Waits for SIGTERM or SIGINT, then closes the services, which finish the requests in flight. */
  private static void awaitShutdown(String name, Runnable close, PrintWriter out)
      throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  out.println(name + " stops");
                  out.flush();
                  close.run();
                }));
    new CountDownLatch(1).await(); // never counted down: the process exits after the hook
  }

  private static int printInvalid(CommandLine command, @Nullable String message) {
    command.getErr().println(Terminal.printable(command.getCommandName() + ": " + message));
    return CommandLine.ExitCode.USAGE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
