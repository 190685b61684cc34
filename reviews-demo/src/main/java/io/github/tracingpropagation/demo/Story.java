// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Json;
import io.github.tracingpropagation.demo.mesh.Mesh;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Shows what forwarding achieves, by the headers at each service, and by the traces in Zipkin or
 * Jaeger if the sidecars report to one. One thread may use it, another one may close it.
 */
final class Story implements AutoCloseable {
  /** Forwards nothing by a public setting, so that the code of reviews stays the same. */
  private static final TracingPropagation NOTHING =
      TracingPropagation.builder().forwardTo(Destinations.hosts("nobody.invalid")).build();

  private static final double ALL = 100;
  private static final double RATE = 1;

  /** So many requests that about ten are traced. */
  private static final int SAMPLED_REQUESTS = 1000;

  /** Of calls of ratings: longer than bookinfo's, since everything starts at once here. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final String ROW = "  %-15s%-34s%-34s%s";

  private final StorySettings settings;
  private final TraceBackend backend;
  private final Terminal terminal;
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  final List<Mesh> meshes = new ArrayList<>(); // that are open, in the order of the steps
  private boolean passed = true;

  Story(StorySettings settings, TraceBackend backend, Terminal terminal) {
    this.settings = settings;
    this.backend = backend;
    this.terminal = terminal;
  }

  /**
   * Plays all of it, also after a failed check, and returns the counts.
   *
   * @throws IOException if a request fails or the backend does not answer
   */
  ObjectNode play() throws IOException, InterruptedException {
    ObjectNode result = Json.MAPPER.createObjectNode();
    List<Tracer> tracers = settings.tracers();
    if (tracers.size() == 1) {
      Tracer tracer = tracers.get(0);
      forwarding(tracer, result);
      if (tracer.reportsToZipkin()) {
        sampling(tracer, result);
      }
      return result;
    }
    List<String> rows = new ArrayList<>();
    for (Tracer tracer : tracers) {
      terminal.heading("-- " + tracer + " --");
      ObjectNode provider = result.withArray("/providers").addObject();
      provider.put("provider", tracer.toString());
      tracer.traceIdHeaders.forEach(provider.putArray("headers")::add);
      rows.add(forwarding(tracer, provider));
      close();
    }
    terminal.line("");
    terminal.faint(ROW.formatted("", "without forwarding", "with forwarding", "trace id in"));
    rows.forEach(terminal::line);
    return result;
  }

  boolean passed() {
    return passed;
  }

  /** Prints which pages and requests to try after the four steps. */
  void printHints(String trace) {
    terminal.line(
        """

        Still serving, until stopped (Ctrl-C). Open:
          %s  the trace above
          %s  who calls whom
        Try, and look for the trace in %s:
          curl %s  without forwarding
          curl %s  with forwarding
          curl -H 'x-b3-sampled: 1' %s  with a rate of 1 %%, forced"""
            .formatted(
                backend.page(trace),
                backend.graph(),
                backend.name(),
                meshes.get(0).reviews(0),
                meshes.get(1).reviews(0),
                meshes.get(3).reviews(0)));
  }

  @Override
  public void close() {
    meshes.parallelStream().forEach(Mesh::close);
    meshes.clear();
  }

  /** Plays steps 1 and 2, and returns their row of the table. */
  private String forwarding(Tracer tracer, ObjectNode result)
      throws IOException, InterruptedException {
    String how = settings.client.equals("grpc") ? ", and calls ratings by gRPC" : "";
    terminal.heading("1. reviews forwards nothing" + how);
    int requests = settings.requests;
    Step without = step(tracer, requests, NOTHING, ALL, Map.of());
    terminal.headers(without.hops());
    String counts1 = check(tracer, without, 0, result.putObject("withoutForwarding"));

    terminal.heading("2. reviews forwards the headers");
    TracingPropagation forwarding = settings.forwarding(tracer);
    Step with = step(tracer, requests, forwarding, ALL, Map.of());
    terminal.headers(with.hops());
    terminal.line("");
    String trace = with.hops().lastTrace();
    with.traces().stream().filter(it -> it.id().equals(trace)).forEach(terminal::waterfall);
    if (tracer.reportsToZipkin()) {
      terminal.faint("  " + backend.page(trace));
    }
    check(
        with.hops().areForwarded(forwarding.fields()),
        "reviews forwarded what it was to forward, unchanged");
    String counts2 = check(tracer, with, requests, result.putObject("withForwarding"));
    return ROW.formatted(tracer, counts1, counts2, String.join(", ", tracer.traceIdHeaders));
  }

  /** Plays steps 3 and 4. */
  private void sampling(Tracer tracer, ObjectNode result) throws IOException, InterruptedException {
    TracingPropagation forwarding = settings.forwarding(tracer);
    int requests = settings.requests;
    int all = Math.max(requests, Math.min(SAMPLED_REQUESTS, 10 * requests));

    terminal.heading("3. the sidecars sample 1 %");
    Step sampled = step(tracer, all, forwarding, RATE, Map.of());
    int traced = sampled.traces().size();
    check(
        isPlausible(traced, all) && sampled.hasCounts(traced, traced),
        sampled.summary() + ": what one sidecar decides, all others do");
    result.putObject("sampling").put("percent", 1).put("requests", all).put("traced", traced);

    terminal.heading("4. as before, but each request brings x-b3-sampled: 1");
    Step forced = step(tracer, requests, forwarding, RATE, Map.of("x-b3-sampled", "1"));
    check(forced.hasCounts(requests, requests), forced.summary());
    result.putObject("forced").put("requests", requests).put("traced", forced.traces().size());
    result.put(backend.name().toLowerCase(Locale.ROOT), backend.uri().toString());
    result.put("trace", meshes.get(1).hops().lastTrace());
  }

  /**
   * Returns whether random sampling may select that many. The tolerance is ten standard deviations,
   * so that a correct run fails less than once in a billion.
   */
  private static boolean isPlausible(int traced, int requests) {
    double share = RATE / 100;
    double tolerance = 10 * Math.sqrt(requests * share * (1 - share)) + 3;
    return Math.abs(traced - requests * share) <= tolerance;
  }

  private Step step(
      Tracer tracer,
      int requests,
      TracingPropagation forwarding,
      double percent,
      Map<String, String> headers)
      throws IOException, InterruptedException {
    Mesh mesh = new Mesh(id + "-" + tracer + "-" + meshes.size());
    meshes.add(mesh); // before it starts, so that it is closed even if a part does not start
    Sidecars sidecars = settings.sidecars(tracer, mesh.id(), backend.collector());
    mesh.start(forwarding, settings.client, TIMEOUT, percent, sidecars);
    return Step.play(mesh, requests, backend, headers);
  }

  /** Checks how many traces continue, and that the backend has all others in two pieces. */
  private String check(Tracer tracer, Step step, int expected, ObjectNode counts) {
    int requests = step.requests();
    int actual = step.hops().continued(tracer);
    counts.put("requests", requests).put("continued", actual);
    String text = "%d of %d continue".formatted(actual, requests);
    if (!tracer.reportsToZipkin()) {
      check(actual == expected, text + " at ratings");
      return text;
    }
    int traces = step.traces().size();
    counts.put("traces", traces).put("whole", step.whole());
    check(actual == expected && step.hasCounts(2 * requests - expected, expected), step.summary());
    return text + ", " + traces + " traces";
  }

  private void check(boolean holds, String text) {
    passed &= holds;
    terminal.verdict(holds, text);
  }
}
