// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What forwarding is good for, in four steps. Each is a promise, and Zipkin tells if it is kept.
 */
final class Story implements AutoCloseable {
  /** A setting that any user could make, with which the same reviews forward nothing. */
  private static final TracingPropagation NOTHING =
      TracingPropagation.builder().forwardTo(Destinations.hosts("nobody.invalid")).build();

  private static final double ALL = 100;
  private static final Map<String, String> AS_IT_COMES = Map.of();
  private static final Map<String, String> FORCED = Map.of("x-b3-sampled", "1");

  private final StorySettings settings;
  private final Zipkin zipkin;
  private final Screen screen;
  private final PrintWriter log;
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final List<Mesh> meshes = new ArrayList<>();
  private boolean good = true;

  /**
   * Creates one.
   *
   * @param log takes the access logs, after the story
   */
  Story(StorySettings settings, Zipkin zipkin, Screen screen, PrintWriter log) {
    this.settings = settings;
    this.zipkin = zipkin;
    this.screen = screen;
    this.log = log;
  }

  /** Plays all of it, whatever becomes of a promise. */
  StoryResult play() throws IOException, InterruptedException {
    Step without = withoutForwarding();
    Step with = withForwarding();
    int sampled = sampled();
    int forced = forced();
    return new StoryResult(
        counts(without),
        counts(with),
        new StoryResult.Sampling(settings.sampling(), settings.requests(), sampled),
        new StoryResult.Forced(settings.requests(), forced),
        zipkin.uri(),
        with.lastTrace());
  }

  /** Whether every promise was kept so far. */
  boolean isGood() {
    return good;
  }

  /** Returns the meshes of the steps, in their order. They serve until the story is closed. */
  List<Mesh> meshes() {
    return meshes;
  }

  @Override
  public void close() {
    meshes.forEach(Mesh::close);
  }

  private Step withoutForwarding() throws IOException, InterruptedException {
    screen.heading("1. reviews forwards nothing");
    Step step = play("without-forwarding", NOTHING, ALL, AS_IT_COMES);
    step.hops().print(screen);
    if (settings.callsRatings()) {
      promise(
          isCount(step, 2 * settings.requests(), 0),
          told(step) + ": no sidecar can know what belongs together");
    } else {
      promise(
          isCount(step, settings.requests(), settings.requests()),
          told(step) + ": reviews v1 calls nobody");
    }
    return step;
  }

  private Step withForwarding() throws IOException, InterruptedException {
    screen.heading("2. reviews forwards the headers");
    Step step = play("with-forwarding", settings.propagation(), ALL, AS_IT_COMES);
    step.hops().print(screen);
    screen.line("");
    step.traces().stream()
        .filter(trace -> trace.id().equals(step.lastTrace()))
        .forEach(trace -> Waterfall.print(trace, screen));
    screen.faint("  " + zipkin.page(step.lastTrace()));
    if (settings.callsRatings()) {
      promise(
          step.hops().areForwarded(settings.propagation().fields()),
          "reviews forwarded what it was to forward, unchanged");
    }
    promise(isCount(step, settings.requests(), settings.requests()), told(step));
    return step;
  }

  private int sampled() throws IOException, InterruptedException {
    screen.heading("3. the sidecars sample " + settings.sampling() + " %");
    Step step =
        play("sampled", settings.propagation(), settings.sampling().doubleValue(), AS_IT_COMES);
    int traced = step.traces().size();
    promise(
        settings.isPlausible(traced) && isCount(step, traced, traced),
        told(step) + ": what one sidecar decides, all others do");
    return traced;
  }

  private int forced() throws IOException, InterruptedException {
    screen.heading("4. as before, but each request brings x-b3-sampled: 1");
    Step step = play("forced", settings.propagation(), settings.sampling().doubleValue(), FORCED);
    promise(isCount(step, settings.requests(), settings.requests()), told(step));
    return step.traces().size();
  }

  private Step play(
      String name, TracingPropagation propagation, double percent, Map<String, String> headers)
      throws IOException, InterruptedException {
    Mesh mesh =
        new Mesh(
            id + "-" + name,
            new Mesh.Settings(settings.version(), settings.client(), propagation, percent),
            zipkin.uri(),
            log);
    meshes.add(mesh);
    return Step.play(mesh, zipkin, settings.requests(), headers, screen);
  }

  private boolean isCount(Step step, int traces, int whole) {
    return step.traces().size() == traces && step.whole(settings.services()) == whole;
  }

  private String told(Step step) {
    int traces = step.traces().size();
    return "%d requests made %d %s, %d of them whole"
        .formatted(
            step.requests(),
            traces,
            traces == 1 ? "trace" : "traces",
            step.whole(settings.services()));
  }

  private StoryResult.Traces counts(Step step) {
    return new StoryResult.Traces(
        step.requests(), step.traces().size(), step.whole(settings.services()));
  }

  private void promise(boolean kept, String text) {
    good &= kept;
    screen.verdict(kept, text);
  }
}
