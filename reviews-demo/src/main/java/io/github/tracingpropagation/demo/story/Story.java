// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.sidecar.Sidecars;
import io.github.tracingpropagation.demo.zipkin.TraceBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi;

/**
 * Shows what forwarding achieves, in four steps. Each step checks its traces in the backend. One
 * thread may use it, another one may close it.
 */
public final class Story implements AutoCloseable {
  private static final double ALL = 100;
  private static final Map<String, String> NO_HEADERS = Map.of();
  private static final Map<String, String> FORCED = Map.of("x-b3-sampled", "1");

  private final StorySettings settings;
  private final Function<String, Sidecars> sidecars;
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
      Function<String, Sidecars> sidecars,
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
   * Runs all steps, also after a failed check.
   *
   * @throws IOException if a request fails or the backend does not answer
   */
  public StoryResult play() throws IOException, InterruptedException {
    Step without = withoutForwarding();
    Step with = withForwarding();
    int sampled = sampled();
    int forced = forced();
    return new StoryResult(
        without.counts(),
        with.counts(),
        new StoryResult.Sampling(settings.sampling(), settings.sampledRequests(), sampled),
        new StoryResult.Forced(settings.requests(), forced),
        backend.name().equals("Zipkin") ? backend.uri() : null,
        backend.name().equals("Jaeger") ? backend.uri() : null,
        with.lastTrace());
  }

  /** Returns whether every check so far has passed. */
  public boolean passed() {
    return passed;
  }

  /** Starts the access logs, and prints which pages and requests to try. */
  public void serve(StoryResult result) {
    Instructions.print(meshes, backend, result, out);
    meshes.forEach(Mesh::startLogging);
  }

  /** Returns the meshes of the steps, in their order. They serve until the story is closed. */
  List<Mesh> meshes() {
    return meshes;
  }

  /** Stops all meshes. */
  @Override
  public void close() {
    meshes.forEach(Mesh::close);
  }

  private Step withoutForwarding() throws IOException, InterruptedException {
    terminal.heading("1. reviews forwards nothing");
    Step step = play("without-forwarding", StorySettings.NOTHING, ALL, NO_HEADERS);
    step.hops().print(terminal);
    if (settings.callsRatings()) {
      check(
          step.hasCounts(2 * settings.requests(), 0),
          step.summary() + ": no sidecar can know what belongs together");
    } else {
      check(
          step.hasCounts(settings.requests(), settings.requests()),
          step.summary() + ": reviews v1 calls nobody");
    }
    return step;
  }

  private Step withForwarding() throws IOException, InterruptedException {
    terminal.heading("2. reviews forwards the headers");
    Step step = play("with-forwarding", settings.propagation(), ALL, NO_HEADERS);
    step.hops().print(terminal);
    terminal.line("");
    step.traces().stream()
        .filter(trace -> trace.id().equals(step.lastTrace()))
        .forEach(trace -> Waterfall.print(trace, terminal));
    terminal.faint("  " + backend.page(step.lastTrace()));
    if (settings.callsRatings()) {
      check(
          step.hops().areForwarded(settings.propagation().fields()),
          "reviews forwarded what it was to forward, unchanged");
    }
    check(step.hasCounts(settings.requests(), settings.requests()), step.summary());
    return step;
  }

  private int sampled() throws IOException, InterruptedException {
    terminal.heading("3. the sidecars sample " + settings.sampling() + " %");
    Step step =
        play(
            "sampled",
            settings.mesh(settings.propagation(), settings.sampling().doubleValue()),
            settings.sampledRequests(),
            NO_HEADERS);
    int traced = step.traces().size();
    check(
        settings.isPlausible(traced) && step.hasCounts(traced, traced),
        step.summary() + ": what one sidecar decides, all others do");
    return traced;
  }

  private int forced() throws IOException, InterruptedException {
    terminal.heading("4. as before, but each request brings x-b3-sampled: 1");
    Step step = play("forced", settings.propagation(), settings.sampling().doubleValue(), FORCED);
    check(step.hasCounts(settings.requests(), settings.requests()), step.summary());
    return step.traces().size();
  }

  private Step play(
      String name, TracingPropagation propagation, double percent, Map<String, String> headers)
      throws IOException, InterruptedException {
    return play(name, settings.mesh(propagation, percent), settings.requests(), headers);
  }

  private Step play(String name, MeshSettings mesh, int requests, Map<String, String> headers)
      throws IOException, InterruptedException {
    String meshId = id + "-" + name;
    Mesh started = new Mesh(meshId, mesh, sidecars.apply(meshId), out);
    meshes.add(started);
    return Step.play(started, backend, requests, headers, terminal);
  }

  private void check(boolean holds, String text) {
    passed &= holds;
    terminal.verdict(holds, text);
  }
}
