// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.envoy.Tracer;
import io.github.tracingpropagation.demo.sidecar.Sidecars;
import io.github.tracingpropagation.demo.zipkin.TraceBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import picocli.CommandLine.Help.Ansi;

/**
 * Shows for each tracer of the sidecars that traces continue only if reviews forwards that
 * provider's headers. The headers at each service tell; so does Zipkin, if the tracer reports to
 * it. One thread may use it.
 */
public final class ProviderStory {
  private static final String ROW = "  %-15s%-34s%-34s%s";

  private final StorySettings settings;
  private final BiFunction<Tracer, String, Sidecars> sidecars;
  private final TraceBackend backend;
  private final Terminal terminal;
  private final PrintWriter out;
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private boolean passed = true;

  /**
   * Creates the story.
   *
   * @param sidecars makes the gateway and the sidecars of the mesh with this id
   * @param backend the server that Zipkin's tracers report to
   * @param out receives the story
   */
  public ProviderStory(
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
   * Plays every tracer, also after a failed check, and prints a table. With one tracer, the headers
   * at each hop, too.
   *
   * @throws IOException if a request fails or Zipkin does not answer
   */
  public ProvidersResult play(List<Tracer> tracers) throws IOException, InterruptedException {
    List<ProvidersResult.Provider> results = new ArrayList<>();
    for (Tracer tracer : tracers) {
      results.add(play(settings.with(tracer), tracers.size() == 1));
    }
    print(results);
    return new ProvidersResult(results);
  }

  /** Returns whether every check so far has passed. */
  public boolean passed() {
    return passed;
  }

  private ProvidersResult.Provider play(StorySettings chosen, boolean showHops)
      throws IOException, InterruptedException {
    Tracer tracer = chosen.tracer();
    int requests = chosen.requests();
    terminal.heading(tracer.label());
    Step without = step(chosen, StorySettings.NOTHING, "without", showHops);
    check(tracer, without, 0, 2 * requests, "without forwarding");
    Step with = step(chosen, chosen.propagation(), "with", showHops);
    check(tracer, with, requests, requests, "with forwarding");
    return new ProvidersResult.Provider(
        tracer.label(), tracer.traceIdHeaders(), result(tracer, without), result(tracer, with));
  }

  private Step step(
      StorySettings chosen, TracingPropagation propagation, String name, boolean showHops)
      throws IOException, InterruptedException {
    Tracer tracer = chosen.tracer();
    String meshId = id + "-" + tracer.label() + "-" + name;
    try (Mesh mesh =
        new Mesh(meshId, chosen.mesh(propagation, 100), sidecars.apply(tracer, meshId), out)) {
      Step step =
          Step.play(
              mesh,
              tracer.reportsToZipkin() ? backend : null,
              chosen.requests(),
              Map.of(),
              terminal);
      if (showHops) {
        step.hops().print(terminal);
      }
      return step;
    }
  }

  private void check(Tracer tracer, Step step, int continued, int traces, String when) {
    boolean inZipkin = tracer.reportsToZipkin();
    boolean holds =
        step.continued() == continued && (!inZipkin || step.hasCounts(traces, continued));
    passed &= holds;
    String text = "%s, %d of %d traces continue".formatted(when, step.continued(), step.requests());
    terminal.verdict(holds, inZipkin ? text + "; " + backend.name() + ": " + step.summary() : text);
  }

  private void print(List<ProvidersResult.Provider> results) {
    terminal.line("");
    terminal.faint(ROW.formatted("", "without forwarding", "with forwarding", "trace id in"));
    for (ProvidersResult.Provider result : results) {
      terminal.line(
          ROW.formatted(
              result.provider(),
              summary(result.withoutForwarding()),
              summary(result.withForwarding()),
              String.join(", ", result.headers())));
    }
  }

  private static String summary(ProvidersResult.Forwarding step) {
    String text = "%d of %d continue".formatted(step.continued(), step.requests());
    return step.traces() == null ? text : text + ", %d traces".formatted(step.traces());
  }

  private static ProvidersResult.Forwarding result(Tracer tracer, Step step) {
    return tracer.reportsToZipkin()
        ? new ProvidersResult.Forwarding(
            step.requests(), step.continued(), step.traces().size(), step.whole())
        : new ProvidersResult.Forwarding(step.requests(), step.continued(), null, null);
  }
}
