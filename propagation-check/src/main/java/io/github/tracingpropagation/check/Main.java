// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The command line. */
@Command(
    name = "tracing-propagation-check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    resourceBundle = "io.github.tracingpropagation.check.options",
    description =
        "Checks whether a service forwards a mesh's tracing headers to the calls that a request"
            + " causes, and whether it mixes those of two requests. Listens in place of the"
            + " service's dependency: start the service with that port first.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:no rule is broken, but maybe those about hostile values",
      "1:a rule is broken, so that traces break; with --strict also any other, or one not checked",
      "2:wrong use, or the service cannot be checked",
      "3:headers of two requests are mixed, or reach whom they must not"
    })
final class Main implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "URI", descriptionKey = "uri")
  private List<String> uris = List.of();

  @Option(names = "--strict")
  private boolean strict;

  @Option(names = "--json")
  private boolean json;

  @Option(names = "--report-json", paramLabel = "FILE")
  private @Nullable Path jsonFile;

  @Option(names = "--report-junit", paramLabel = "FILE")
  private @Nullable Path junitFile;

  @Option(names = "--github")
  private boolean github;

  /** For the help: its lines have replaced the option before the options are read. */
  @Option(names = "--config", paramLabel = "FILE")
  private @Nullable Path config;

  private final CommandLine line;
  private final Options options;
  private final long progressNanos;
  private long nextProgress;

  private Main(Duration second) {
    progressNanos = second.multipliedBy(2).toNanos();
    nextProgress = System.nanoTime() + progressNanos;
    line = new CommandLine(this);
    line.getCommandSpec().version(version());
    options = new Options(line.getCommandSpec(), second);
  }

  static int run(List<String> args, PrintWriter out, PrintWriter err, Duration second) {
    CommandLine line =
        new Main(second)
            .line
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(Rule.class, Main::rule)
            .setExpandAtFiles(false) // -d @FILE is a body.
            .setOut(out)
            .setErr(err);
    try {
      return line.execute(withConfig(args).toArray(String[]::new));
    } catch (IOException e) {
      err.println("cannot read the file of --config: " + e.getMessage());
      err.flush();
      return CommandLine.ExitCode.USAGE;
    }
  }

  private static Rule rule(String name) {
    return Stream.of(Rule.values())
        .filter(rule -> rule.id().equals(name.toLowerCase(Locale.ROOT).replace('_', '-')))
        .findAny()
        .orElseThrow(
            () ->
                new CommandLine.TypeConversionException(
                    name + " is none of " + Stream.of(Rule.values()).map(Rule::id).toList()));
  }

  /** Replaces --config by the options in its file. */
  private static List<String> withConfig(List<String> args) throws IOException {
    List<String> all = new ArrayList<>(args);
    int option = all.indexOf("--config");
    if (option >= 0 && option + 1 < all.size()) {
      all.remove(option);
      for (String line : Files.readAllLines(Path.of(all.remove(option)))) {
        if (!line.isBlank() && !line.startsWith("#")) {
          all.addAll(option, List.of(line.strip().split("\\s+", 2)));
        }
      }
    }
    return all;
  }

  /**
   * Runs the check and exits.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    System.exit(
        run(
            List.of(args),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            Duration.ofSeconds(1)));
  }

  @Override
  public Integer call() throws InterruptedException {
    ReportFiles reports = new ReportFiles(version());
    List<Integer> statuses = new ArrayList<>();
    if (config != null) {
      throw new ParameterException(line, "Give --config FILE once, as two arguments: " + config);
    }
    try (PropagationCheck check = options.builder().progress(this::progress).start()) {
      for (String uri : uris) {
        statuses.add(check(check, uri, reports));
      }
      if (jsonFile != null) {
        Files.writeString(jsonFile, reports.json());
      }
      if (junitFile != null) {
        Files.writeString(junitFile, reports.junit());
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      uris.forEach(uri -> reports.add(uri, CommandLine.ExitCode.USAGE, e.toString()));
      print("Not checked: " + e.getMessage());
      line.getErr().println(e.getMessage()); // Options cannot help, so they are not listed.
      statuses.add(CommandLine.ExitCode.USAGE);
    }
    if (json) {
      line.getOut().println(reports.json());
    }
    if (github) {
      reports.annotations().forEach(line.getErr()::println);
    }
    line.getOut().flush();
    line.getErr().flush();
    return Stream.of(3, 2, 1).filter(statuses::contains).findFirst().orElse(0);
  }

  private int check(PropagationCheck check, String uri, ReportFiles reports)
      throws InterruptedException {
    String title = uris.size() > 1 ? uri + "\n" : "";
    try {
      CheckReport report = check.check(uri);
      int status = report.status(strict);
      reports.add(uri, status, report);
      print(title + report.toString().stripTrailing());
      return status;
    } catch (IllegalStateException e) {
      reports.add(uri, CommandLine.ExitCode.USAGE, String.valueOf(e.getMessage()));
      print(title + "Not checked: " + e.getMessage());
      line.getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  private void print(String text) {
    if (!json) {
      line.getOut().println(text);
    }
  }

  private void progress(String words) {
    if (System.nanoTime() >= nextProgress) {
      nextProgress = System.nanoTime() + progressNanos;
      PrintWriter err = line.getErr();
      err.println("... " + words);
      err.flush();
    }
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
