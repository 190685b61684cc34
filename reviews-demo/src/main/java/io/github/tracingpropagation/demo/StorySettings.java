// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static io.github.tracingpropagation.demo.bookinfo.Environment.allow;
import static io.github.tracingpropagation.demo.bookinfo.Environment.require;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.bookinfo.ReviewsSettings;
import io.github.tracingpropagation.demo.mesh.BuiltInSidecars;
import io.github.tracingpropagation.demo.mesh.EnvoySidecars;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The settings of the story, which are options of the command line. An invalid one throws as in
 * {@link Environment}. Threads may share it once it is {@link #check checked}.
 */
final class StorySettings {
  @Option(names = "--requests", paramLabel = "N", defaultValue = "100")
  int requests;

  @Option(names = "--client", paramLabel = "CLIENT", defaultValue = "")
  String client = "";

  @Option(names = "--envoy", paramLabel = "PATH", arity = "0..1", fallbackValue = "envoy")
  private @Nullable String envoy;

  @Option(names = "--provider", paramLabel = "PROVIDER")
  private @Nullable String provider;

  @Option(names = "--zipkin", paramLabel = "URL")
  private @Nullable URI zipkin;

  @Option(names = "--jaeger", paramLabel = "URL")
  private @Nullable URI jaeger;

  @Option(names = "--jaeger-collector", paramLabel = "URL")
  private @Nullable URI jaegerCollector;

  private TracingPropagation propagation = TracingPropagation.create();

  /** Checks all of it: the options, that there is an Envoy, and the library's own settings. */
  void check(Environment environment) {
    allow(requests >= 1 && requests <= 10_000, "--requests", requests, "1 to 10000");
    client =
        client.isEmpty()
            ? ReviewsSettings.client(environment)
            : ReviewsSettings.client("--client", client);
    if (provider != null) {
      Stream<String> tracers = Stream.of(Tracer.values()).map(Tracer::toString);
      List<String> allowed = Stream.concat(tracers, Stream.of("all")).toList();
      provider = Environment.oneOf("--provider", provider, allowed);
      String message = "--provider=%s requires --envoy: the built-in sidecars know B3 only";
      require(envoy != null, message.formatted(provider));
    }
    require(jaegerCollector == null || jaeger != null, "--jaeger-collector requires --jaeger");
    require(jaeger == null || zipkin == null, "--zipkin and --jaeger exclude each other");
    propagation = TracingPropagation.fromEnvironment();
    if (envoy != null) {
      EnvoySidecars.check(envoy);
    }
  }

  /** Returns the running server to use, or starts a Zipkin. */
  TraceBackend backend() throws IOException, InterruptedException {
    if (jaeger != null) {
      URI usual = URI.create("http://" + jaeger.getHost() + ":9411");
      return new Jaeger(jaeger, jaegerCollector == null ? usual : jaegerCollector, Instant.now());
    }
    return zipkin == null ? Zipkin.start() : new Zipkin(zipkin);
  }

  List<Tracer> tracers() {
    String name = provider == null ? "zipkin" : provider;
    return Stream.of(Tracer.values())
        .filter(it -> name.equals("all") || name.equals(it.toString()))
        .toList();
  }

  /** Returns sidecars that report to a collector of Zipkin's spans if their tracer does. */
  Sidecars sidecars(Tracer tracer, String meshId, URI collector) {
    URI to = tracer.reportsToZipkin() ? collector : EnvoySidecars.NO_COLLECTOR;
    return envoy == null
        ? BuiltInSidecars.reportingTo(to, meshId)
        : new EnvoySidecars(envoy, tracer, meshId, to);
  }

  /** Returns what reviews forwards with this tracer: a chosen provider's headers alone. */
  TracingPropagation forwarding(Tracer tracer) {
    return provider == null
        ? propagation
        : TracingPropagation.builder().providers(tracer.provider).build();
  }
}
