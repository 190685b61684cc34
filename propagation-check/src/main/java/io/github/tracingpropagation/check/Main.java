// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "tracing-propagation-check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    versionProvider = Main.Version.class,
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
  private static final long PROGRESS_NANOS = 2_000_000_000L;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "URI",
      description = "What to request; {n} in it stands for a number, new each time.")
  private List<String> uris = List.of();

  @Option(
      names = "--downstream",
      split = ",",
      paramLabel = "PORT",
      description = "Where the service's dependency is expected; several by comma.")
  private List<Integer> ports = List.of();

  @Option(
      names = "--optional-downstream",
      split = ",",
      paramLabel = "PORT",
      description = "The same, but it need not be called.")
  private List<Integer> optionalPorts = List.of();

  @Option(
      names = "--proxy",
      paramLabel = "PORT",
      description = "Listen as an HTTP proxy, for a service that is started with http_proxy.")
  private List<Integer> proxies = List.of();

  @Option(
      names = "--answer",
      paramLabel = "[PORT/PATH=]FILE",
      description =
          "What the dependencies answer, or one path of one; without it {}. JSON by the file's"
              + " name, else text.")
  private List<String> answers = List.of();

  @Option(
      names = {"-X", "--request"},
      paramLabel = "METHOD",
      description = "Default: GET, or POST with -d.")
  private @Nullable String method;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "LINE",
      description = "A header of each request, as \"Name: value\".")
  private List<String> headers = List.of();

  @Option(
      names = {"-d", "--data"},
      paramLabel = "TEXT|@FILE",
      description = "The body of each request.")
  private @Nullable String data;

  @Option(
      names = {"-b", "--cookie"},
      paramLabel = "NAME=VALUE",
      description = "Cookies of each request.")
  private @Nullable String cookies;

  @Option(
      names = {"-k", "--insecure"},
      description = "Trust any certificate of the service.")
  private boolean insecure;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "Trust these certificates of PEM, and no others.")
  private @Nullable Path certificates;

  @Option(
      names = "--downstream-keystore",
      paramLabel = "FILE",
      description = "Be called by https, with the certificate of a PKCS12 key store.")
  private @Nullable Path keyStore;

  @Option(names = "--downstream-keystore-password", paramLabel = "TEXT", description = "Its own.")
  private String keyStorePassword = "changeit";

  @Option(
      names = "--against",
      split = ",",
      paramLabel = "PROVIDER",
      description = "Whose headers must be forwarded: ${COMPLETION-CANDIDATES}. Default: zipkin.")
  private List<Provider> against = List.of(Provider.ZIPKIN);

  @Option(
      names = "--allow",
      split = ",",
      paramLabel = "HEADER",
      description = "Application headers that the service forwards on purpose.")
  private List<String> allowed = List.of();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "RULE",
      description = "Check these rules alone: ${COMPLETION-CANDIDATES}.")
  private List<Rule> only = List.of(Rule.values());

  @Option(names = "--skip", split = ",", paramLabel = "RULE", description = "Leave rules out.")
  private List<Rule> skip = List.of();

  @Option(
      names = "--ignore-path",
      split = ",",
      paramLabel = "PATH",
      description = "Calls that no request causes, such as /health; * stands for anything.")
  private List<String> ignoredPaths = List.of();

  @Option(names = "--strict", description = "Fail for hostile values and for what is not checked.")
  private boolean strict;

  @Option(
      names = "--expect-status",
      paramLabel = "STATUS",
      description = "An error's status that is ordinary for the request, such as 404.")
  private int expectedStatus;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Requests before the first that counts. Default: 1.")
  private int warmUp = 1;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests under load. Default: 3200.")
  private int requests = 3200;

  @Option(names = "--concurrency", paramLabel = "N", description = "At once. Default: 64.")
  private int concurrency = 64;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for a response, or for a first call. Default: 5.")
  private int timeout = 5;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      description = "How long to wait for what may never come, such as one more call. Default: 4.")
  private int settle = 4;

  @Option(names = "--max-time", paramLabel = "SECONDS", description = "Give up after this time.")
  private int maxTime;

  @Option(
      names = "--max-value-length",
      paramLabel = "N",
      description = "Up to how many characters the service forwards a value. Default: 4096.")
  private int maxValueLength = PropagationCase.MAX_VALUE_LENGTH;

  @Option(
      names = "--foreign-host",
      arity = "0..1",
      paramLabel = "NAME",
      fallbackValue = "",
      description =
          "Redirect the service to another host, which must see no header; by default to loopback"
              + " by its other name. Give NAME as --foreign-host=NAME.")
  private @Nullable String foreignHost;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "Where to listen. Default: loopback.")
  private InetAddress listen = InetAddress.getLoopbackAddress();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(names = "--report-json", paramLabel = "FILE", description = "Write it there, too.")
  private @Nullable Path jsonFile;

  @Option(names = "--report-junit", paramLabel = "FILE", description = "Write it as JUnit's XML.")
  private @Nullable Path junitFile;

  @Option(names = "--github", description = "Print annotations for GitHub Actions.")
  private boolean github;

  /** For the help: its lines have replaced the option before the options are read. */
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read options from a file, one a line; lines with # are comments.")
  private @Nullable Path config;

  private long nextProgress = System.nanoTime() + PROGRESS_NANOS;

  private Main() {}

  /** Runs the command line, and returns the exit status. */
  static int run(List<String> args, PrintWriter out, PrintWriter err) {
    CommandLine line =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(Rule.class, Main::rule)
            .setExpandAtFiles(false) // -d @FILE is a body.
            .setOut(out)
            .setErr(err);
    try {
      return line.execute(configured(args).toArray(String[]::new));
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

  private static List<String> configured(List<String> args) throws IOException {
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
            new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = requireNonNull(spec).commandLine();
    ReportFiles reports = new ReportFiles(Version.text());
    List<Integer> statuses = new ArrayList<>();
    try (PropagationCheck check = builder().start()) {
      for (String uri : uris) {
        statuses.add(check(check, uri, reports));
      }
      if (jsonFile != null) {
        Files.writeString(jsonFile, reports.json());
      }
      if (junitFile != null) {
        reports.writeJUnit(junitFile);
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
    CommandLine line = requireNonNull(spec).commandLine();
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
      requireNonNull(spec).commandLine().getOut().println(text);
    }
  }

  private PropagationCheckBuilder builder() throws IOException {
    List<Integer> all = Stream.of(ports, proxies).flatMap(List::stream).toList();
    if (config != null) {
      throw new IllegalArgumentException("Give --config FILE once, as two arguments: " + config);
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("Missing required option: --downstream or --proxy");
    }
    PropagationCheckBuilder builder =
        PropagationCheck.builder()
            .downstream(array(all))
            .optionalDownstream(array(optionalPorts))
            .listen(listen)
            .providers(against.toArray(Provider[]::new))
            .allow(allowed.toArray(String[]::new))
            .only(only.toArray(Rule[]::new))
            .skip(skip.toArray(Rule[]::new))
            .ignorePaths(ignoredPaths.toArray(String[]::new))
            .expectStatus(expectedStatus)
            .warmUp(warmUp)
            .requests(requests)
            .concurrency(concurrency)
            .timeout(Duration.ofSeconds(timeout))
            .settle(Duration.ofSeconds(settle))
            .maxValueLength(maxValueLength)
            .progress(this::progress);
    if (maxTime != 0) {
      builder.maxTime(Duration.ofSeconds(maxTime));
    }
    if (foreignHost != null) {
      builder.foreignHost(foreignHost);
    }
    if (insecure) {
      builder.insecure();
    }
    if (certificates != null) {
      builder.trust(certificates);
    }
    if (keyStore != null) {
      builder.downstreamKeyStore(keyStore, keyStorePassword);
    }
    request(builder);
    for (String answer : answers) {
      int path = answer.matches("\\d+/[^=]*=.*") ? answer.indexOf('=') : -1;
      Path file = Path.of(answer.substring(path + 1));
      String type = file.toString().endsWith(".json") ? "application/json" : "text/plain";
      builder.answer(
          path < 0 ? "" : answer.substring(0, path),
          PropagationCheckBuilder.response(200, type, read("--answer", file)));
    }
    return builder;
  }

  private void request(PropagationCheckBuilder builder) throws IOException {
    if (method != null) {
      builder.method(method);
    }
    for (String header : headers) {
      String[] parts = header.split(":", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("not \"Name: value\": " + header);
      }
      builder.header(parts[0].strip(), parts[1].strip());
    }
    if (cookies != null) {
      builder.header("Cookie", cookies);
    }
    if (data != null) {
      if (headers.stream().noneMatch(line -> HttpMessage.name(line).equals("content-type"))) {
        builder.header("Content-Type", "application/x-www-form-urlencoded");
      }
      builder.body(
          data.startsWith("@")
              ? read("-d", Path.of(data.substring(1)))
              : data.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static byte[] read(String option, Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException("cannot read the file of " + option + ": " + file, e);
    }
  }

  private void progress(String words) {
    if (System.nanoTime() >= nextProgress) {
      nextProgress = System.nanoTime() + PROGRESS_NANOS;
      PrintWriter err = requireNonNull(spec).commandLine().getErr();
      err.println("... " + words);
      err.flush();
    }
  }

  /** The version of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    static String text() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "unknown" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {text()};
    }
  }
}
