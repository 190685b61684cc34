// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Json;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Shows what forwarding achieves: in four steps, each of which checks its traces in the backend; or
 * provider by provider, by the headers at each service, and in Zipkin if the tracer reports to it.
 * One thread may use it, another one may close it.
 */
final class Story implements AutoCloseable {
  private static final double ALL = 100;
  private static final Map<String, String> NO_HEADERS = Map.of();
  private static final Map<String, String> FORCED = Map.of("x-b3-sampled", "1");
  private static final String ROW = "  %-15s%-34s%-34s%s";

  private final StorySettings settings;
  private final BiFunction<Tracer, String, Sidecars> sidecars;
  private final TraceBackend backend;
  private final Terminal terminal;
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final List<Mesh> meshes = new ArrayList<>();
  private boolean passed = true;

  /**
   * Creates the story, which {@link #play()} starts.
   *
   * @param sidecars makes the gateway and the sidecars of the mesh with this id
   * @param backend the server that the sidecars report to
   * @param terminal receives the story, and the access logs after {@link #serve}
   */
  Story(
      StorySettings settings,
      BiFunction<Tracer, String, Sidecars> sidecars,
      TraceBackend backend,
      Terminal terminal) {
    this.settings = settings;
    this.sidecars = sidecars;
    this.backend = backend;
    this.terminal = terminal;
  }

  /**
   * Plays all of it, also after a failed check, and returns the counts.
   *
   * @throws IOException if a request fails or the backend does not answer
   */
  ObjectNode play() throws IOException, InterruptedException {
    return settings.hasFourSteps() ? fourSteps() : providers();
  }

  /** Returns whether every check so far has passed. */
  boolean passed() {
    return passed;
  }

  /**
   * Starts the access logs, and prints which pages and requests to try after the four steps.
   *
   * @param trace id of a whole trace
   */
  void serve(String trace) {
    terminal.line(
        """

        Still serving, until stopped (Ctrl-C). Open:
          %s  the trace above
          %s  who calls whom
        Try, and look for the trace in %s:
          curl %s  without forwarding
          curl %s  with forwarding
          curl -H 'x-b3-sampled: 1' %s  with a rate of %s %%, forced"""
            .formatted(
                backend.page(trace),
                backend.graph(),
                backend.name(),
                meshes.get(0).reviews(0),
                meshes.get(1).reviews(0),
                meshes.get(3).reviews(0),
                settings.sampling));
    meshes.forEach(Mesh::startLogging);
  }

  /** Returns the meshes that are open, in the order of the steps. */
  List<Mesh> meshes() {
    return meshes;
  }

  /** Stops all meshes. */
  @Override
  public void close() {
    meshes.parallelStream().forEach(Mesh::close);
  }

  private ObjectNode fourSteps() throws IOException, InterruptedException {
    TracingPropagation forwarding = settings.forwarding(settings.tracer());
    double rate = settings.sampling.doubleValue();
    int requests = settings.requests;
    ObjectNode result = Json.MAPPER.createObjectNode();

    terminal.heading("1. reviews forwards nothing" + settings.how());
    Step without = step("without-forwarding", requests, StorySettings.NOTHING, ALL, NO_HEADERS);
    without.hops().print(terminal);
    check(
        without.hasCounts(2 * requests, 0),
        without.summary() + ": no sidecar can know what belongs together");
    putTraces(result.putObject("withoutForwarding").put("requests", requests), without);

    terminal.heading("2. reviews forwards the headers");
    Step with = step("with-forwarding", requests, forwarding, ALL, NO_HEADERS);
    with.hops().print(terminal);
    terminal.line("");
    String lastTrace = with.hops().lastTrace();
    with.traces().stream()
        .filter(trace -> trace.id().equals(lastTrace))
        .forEach(terminal::waterfall);
    terminal.faint("  " + backend.page(lastTrace));
    check(
        with.hops().areForwarded(forwarding.fields()),
        "reviews forwarded what it was to forward, unchanged");
    check(with.hasCounts(requests, requests), with.summary());
    putTraces(result.putObject("withForwarding").put("requests", requests), with);

    terminal.heading("3. the sidecars sample " + settings.sampling + " %");
    Step sampled = step("sampled", settings.sampledRequests(), forwarding, rate, NO_HEADERS);
    int traced = sampled.traces().size();
    check(
        settings.isPlausible(traced) && sampled.hasCounts(traced, traced),
        sampled.summary() + ": what one sidecar decides, all others do");
    result
        .putObject("sampling")
        .putPOJO("percent", settings.sampling)
        .put("requests", sampled.requests())
        .put("traced", traced);

    terminal.heading("4. as before, but each request brings x-b3-sampled: 1");
    Step forced = step("forced", requests, forwarding, rate, FORCED);
    check(forced.hasCounts(requests, requests), forced.summary());
    result.putObject("forced").put("requests", requests).put("traced", forced.traces().size());

    return result
        .put(backend.name().toLowerCase(Locale.ROOT), backend.uri().toString())
        .put("trace", lastTrace);
  }

  private Step step(
      String name,
      int requests,
      TracingPropagation forwarding,
      double percent,
      Map<String, String> headers)
      throws IOException, InterruptedException {
    Mesh mesh = start(name, settings.tracer(), forwarding, percent);
    return Step.play(mesh, requests, backend, headers);
  }

  private ObjectNode providers() throws IOException, InterruptedException {
    ObjectNode result = Json.MAPPER.createObjectNode();
    ArrayNode providers = result.putArray("providers");
    List<String> rows = new ArrayList<>();
    for (Tracer tracer : settings.providers()) {
      terminal.heading(tracer.toString());
      ObjectNode provider = providers.addObject().put("provider", tracer.toString());
      tracer.traceIdHeaders().forEach(provider.putArray("headers")::add);
      rows.add(
          ROW.formatted(
              tracer,
              continued(tracer, "without", StorySettings.NOTHING, provider),
              continued(tracer, "with", settings.forwarding(tracer), provider),
              String.join(", ", tracer.traceIdHeaders())));
    }
    terminal.line("");
    terminal.faint(ROW.formatted("", "without forwarding", "with forwarding", "trace id in"));
    rows.forEach(terminal::line);
    return result;
  }

  /**
   * Plays one step of a provider, and returns its counts for the table. If it is the only provider,
   * prints the headers at each hop.
   */
  private String continued(
      Tracer tracer, String name, TracingPropagation forwarding, ObjectNode provider)
      throws IOException, InterruptedException {
    TraceBackend reported = tracer.reportsToZipkin() ? backend : null;
    Mesh mesh = start(tracer + "-" + name, tracer, forwarding, ALL);
    Step step = Step.play(mesh, settings.requests, reported, NO_HEADERS);
    mesh.close();
    if (settings.providers().size() == 1) {
      step.hops().print(terminal);
    }
    int requests = step.requests();
    int expected = name.equals("with") ? requests : 0;
    int actual = step.hops().continued(tracer);
    String text = name + " forwarding, %d of %d traces continue".formatted(actual, requests);
    String summary = "%d of %d continue".formatted(actual, requests);
    ObjectNode counts =
        provider.putObject(name + "Forwarding").put("requests", requests).put("continued", actual);
    if (reported == null) {
      check(actual == expected, text);
      return summary;
    }
    check(
        actual == expected && step.hasCounts(2 * requests - expected, expected),
        text + "; " + backend.name() + ": " + step.summary());
    putTraces(counts, step);
    return summary + ", %d traces".formatted(step.traces().size());
  }

  private static void putTraces(ObjectNode counts, Step step) {
    counts.put("traces", step.traces().size()).put("whole", step.whole());
  }

  private Mesh start(String name, Tracer tracer, TracingPropagation forwarding, double percent)
      throws IOException, InterruptedException {
    String meshId = id + "-" + name;
    Mesh mesh = new Mesh(meshId, settings, terminal.out());
    meshes.add(mesh); // before it starts, so that it is closed even if a part does not start
    mesh.start(forwarding, percent, sidecars.apply(tracer, meshId));
    return mesh;
  }

  private void check(boolean holds, String text) {
    passed &= holds;
    terminal.verdict(holds, text);
  }
}
