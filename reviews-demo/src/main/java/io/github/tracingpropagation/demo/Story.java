// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import picocli.CommandLine.Help.Ansi;

/**
 * Shows what forwarding achieves: in four steps, each of which checks its traces in the backend; or
 * provider by provider, by the headers at each service, and in Zipkin if the tracer reports to it.
 * One thread may use it, another one may close it.
 */
public final class Story implements AutoCloseable {
  private static final double ALL = 100;
  private static final Map<String, String> NO_HEADERS = Map.of();
  private static final Map<String, String> FORCED = Map.of("x-b3-sampled", "1");
  private static final String ROW = "  %-15s%-34s%-34s%s";

  private final StorySettings settings;
  private final BiFunction<Tracer, String, Sidecars> sidecars;
  private final TraceBackend backend;
  private final Terminal terminal;
  private final PrintWriter out;
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final List<Mesh> meshes = new ArrayList<>();
  private boolean passed = true;

  /**
   * Creates the story, which {@link #play()} starts.
   *
   * @param sidecars makes the gateway and the sidecars of the mesh with this id
   * @param backend the server that the sidecars report to
   * @param out receives the story, and the access logs after {@link #serve}
   * @param ansi whether to print colours and a progress bar
   */
  public Story(
      StorySettings settings,
      BiFunction<Tracer, String, Sidecars> sidecars,
      TraceBackend backend,
      PrintWriter out,
      Ansi ansi) {
    this.settings = settings;
    this.sidecars = sidecars;
    this.backend = backend;
    this.terminal = new Terminal(out, ansi);
    this.out = out;
  }

  /**
   * Plays all of it, also after a failed check.
   *
   * @throws IOException if a request fails or the backend does not answer
   */
  public StoryResult play() throws IOException, InterruptedException {
    return settings.hasFourSteps() ? fourSteps() : providers();
  }

  /** Returns whether every check so far has passed. */
  public boolean passed() {
    return passed;
  }

  /** Starts the access logs, and prints which pages and requests to try. */
  public void serve(StoryResult.FourSteps result) {
    out.printf("%nStill serving, until stopped (Ctrl-C). Open:%n");
    out.printf("  %s  the trace above%n", backend.page(result.trace()));
    out.printf("  %s  who calls whom%n", backend.graph());
    out.printf("Try, and look for the trace in %s:%n", backend.name());
    out.printf("  curl %s  without forwarding%n", meshes.get(0).reviews(0));
    out.printf("  curl %s  with forwarding%n", meshes.get(1).reviews(0));
    out.printf(
        "  curl -H 'x-b3-sampled: 1' %s  with a rate of %s %%, forced%n",
        meshes.get(3).reviews(0), settings.sampling());
    meshes.forEach(Mesh::startLogging);
  }

  /** Returns the meshes of the four steps, in their order. They serve until the story is closed. */
  List<Mesh> meshes() {
    return meshes;
  }

  /** Stops all meshes. */
  @Override
  public void close() {
    meshes.parallelStream().forEach(Mesh::close);
  }

  private StoryResult fourSteps() throws IOException, InterruptedException {
    TracingPropagation forwarding = settings.forwarding(settings.tracer());
    double rate = settings.sampling().doubleValue();
    int requests = settings.requests();

    terminal.heading("1. reviews forwards nothing");
    Step without = step("without-forwarding", StorySettings.NOTHING, ALL, requests, NO_HEADERS);
    without.hops().print(terminal);
    if (settings.callsRatings()) {
      check(
          without.hasCounts(2 * requests, 0),
          without.summary() + ": no sidecar can know what belongs together");
    } else {
      check(without.hasCounts(requests, requests), without.summary() + ": reviews v1 calls nobody");
    }

    terminal.heading("2. reviews forwards the headers");
    Step with = step("with-forwarding", forwarding, ALL, requests, NO_HEADERS);
    with.hops().print(terminal);
    terminal.line("");
    with.traces().stream()
        .filter(trace -> trace.id().equals(with.lastTrace()))
        .forEach(trace -> Waterfall.print(trace, terminal));
    terminal.faint("  " + backend.page(with.lastTrace()));
    if (settings.callsRatings()) {
      check(
          with.hops().areForwarded(forwarding.fields()),
          "reviews forwarded what it was to forward, unchanged");
    }
    check(with.hasCounts(requests, requests), with.summary());

    terminal.heading("3. the sidecars sample " + settings.sampling() + " %");
    Step sampled = step("sampled", forwarding, rate, settings.sampledRequests(), NO_HEADERS);
    int traced = sampled.traces().size();
    check(
        settings.isPlausible(traced) && sampled.hasCounts(traced, traced),
        sampled.summary() + ": what one sidecar decides, all others do");

    terminal.heading("4. as before, but each request brings x-b3-sampled: 1");
    Step forced = step("forced", forwarding, rate, requests, FORCED);
    check(forced.hasCounts(requests, requests), forced.summary());

    return new StoryResult.FourSteps(
        without.counts(),
        with.counts(),
        new StoryResult.Sampling(settings.sampling(), sampled.requests(), traced),
        new StoryResult.Forced(requests, forced.traces().size()),
        backend.name().equals("Zipkin") ? backend.uri() : null,
        backend.name().equals("Jaeger") ? backend.uri() : null,
        with.lastTrace());
  }

  private Step step(
      String name,
      TracingPropagation forwarding,
      double percent,
      int requests,
      Map<String, String> headers)
      throws IOException, InterruptedException {
    Mesh mesh = mesh(name, settings.tracer(), forwarding, percent);
    meshes.add(mesh);
    return Step.play(mesh, backend, requests, headers, terminal);
  }

  private StoryResult providers() throws IOException, InterruptedException {
    List<StoryResult.Provider> results = new ArrayList<>();
    int requests = settings.requests();
    for (Tracer tracer : settings.providers()) {
      terminal.heading(tracer.toString());
      results.add(
          new StoryResult.Provider(
              tracer.toString(),
              tracer.traceIdHeaders(),
              continued(tracer, "without", StorySettings.NOTHING, 0, 2 * requests),
              continued(tracer, "with", settings.forwarding(tracer), requests, requests)));
    }
    terminal.line("");
    terminal.faint(ROW.formatted("", "without forwarding", "with forwarding", "trace id in"));
    for (StoryResult.Provider result : results) {
      terminal.line(
          ROW.formatted(
              result.provider(),
              summary(result.withoutForwarding()),
              summary(result.withForwarding()),
              String.join(", ", result.headers())));
    }
    return new StoryResult.Providers(results);
  }

  /** Plays one step of a provider. If it is the only provider, prints the headers at each hop. */
  private StoryResult.Continued continued(
      Tracer tracer, String name, TracingPropagation forwarding, int continued, int traces)
      throws IOException, InterruptedException {
    boolean isReported = tracer.reportsToZipkin();
    Step step;
    try (Mesh mesh = mesh(tracer + "-" + name, tracer, forwarding, ALL)) {
      step =
          Step.play(mesh, isReported ? backend : null, settings.requests(), NO_HEADERS, terminal);
    }
    if (settings.providers().size() == 1) {
      step.hops().print(terminal);
    }
    String text =
        "%s forwarding, %d of %d traces continue"
            .formatted(name, step.continued(), step.requests());
    check(
        step.continued() == continued && (!isReported || step.hasCounts(traces, continued)),
        isReported ? text + "; " + backend.name() + ": " + step.summary() : text);
    return isReported
        ? new StoryResult.Continued(
            step.requests(), step.continued(), step.traces().size(), step.whole())
        : new StoryResult.Continued(step.requests(), step.continued(), null, null);
  }

  private static String summary(StoryResult.Continued step) {
    String text = "%d of %d continue".formatted(step.continued(), step.requests());
    return step.traces() == null ? text : text + ", %d traces".formatted(step.traces());
  }

  private Mesh mesh(String name, Tracer tracer, TracingPropagation forwarding, double percent)
      throws IOException, InterruptedException {
    String meshId = id + "-" + name;
    Sidecars proxies = sidecars.apply(tracer, meshId);
    return new Mesh(meshId, settings, tracer, forwarding, percent, proxies, out);
  }

  private void check(boolean holds, String text) {
    passed &= holds;
    terminal.verdict(holds, text);
  }
}
