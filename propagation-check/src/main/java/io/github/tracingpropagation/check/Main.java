// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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
      "0:all rules are kept",
      "1:at least one is broken",
      "2:wrong use, or the service cannot be checked"
    })
final class Main implements Callable<Integer> {
  private static final long PROGRESS_NANOS = 2_000_000_000L;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "URI",
      description = "What to request with GET; {n} in it stands for a number, new each time.")
  private String uri = "";

  @Option(
      names = "--downstream",
      required = true,
      split = ",",
      paramLabel = "PORT",
      description = "Where the service's dependency is expected; several by comma.")
  private List<Integer> ports = List.of();

  @Option(
      names = "--answer",
      paramLabel = "FILE",
      description =
          "What the dependency answers; without it {}. JSON by the file's name, else text.")
  private @Nullable Path answer;

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
      names = "--requests",
      paramLabel = "N",
      description = "Requests under load. Default: 3200.")
  private int requests = 3200;

  @Option(names = "--concurrency", paramLabel = "N", description = "At once. Default: 64.")
  private int concurrency = 64;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for a response or a call. Default: 5.")
  private int timeout = 5;

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
              + " by its other name.")
  private @Nullable String foreignHost;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "Where to listen. Default: loopback.")
  private InetAddress listen = InetAddress.getLoopbackAddress();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private long nextProgress = System.nanoTime() + PROGRESS_NANOS;

  private Main() {}

  /** Returns the command line, for use by {@link #main} and by tests. */
  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /**
   * Runs the check and exits.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = requireNonNull(spec).commandLine();
    try (PropagationCheck check = builder().start()) {
      CheckReport report = check.check(uri);
      PrintWriter out = line.getOut();
      out.println(json ? ReportJson.of(report) : report.toString().stripTrailing());
      out.flush();
      return report.isKept() ? 0 : 1;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    } catch (IllegalStateException | IOException e) {
      line.getErr().println(e.getMessage()); // Options cannot help, so they are not listed.
      line.getErr().flush();
      return CommandLine.ExitCode.USAGE;
    }
  }

  private PropagationCheckBuilder builder() throws IOException {
    PropagationCheckBuilder builder =
        PropagationCheck.builder()
            .downstream(ports.stream().mapToInt(Integer::intValue).toArray())
            .listen(listen)
            .providers(against.toArray(Provider[]::new))
            .allow(allowed.toArray(String[]::new))
            .requests(requests)
            .concurrency(concurrency)
            .timeout(Duration.ofSeconds(timeout))
            .maxValueLength(maxValueLength)
            .progress(this::progress);
    if (foreignHost != null) {
      builder.foreignHost(foreignHost);
    }
    if (answer != null) {
      boolean isJson = answer.toString().endsWith(".json");
      builder.answer(isJson ? "application/json" : "text/plain", read(answer));
    }
    return builder;
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException("cannot read the file of --answer: " + file, e);
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
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {version == null ? "unknown" : version};
    }
  }
}
