// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

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
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The settings of the story, which are options of the command line. An invalid one throws as in
 * {@link Environment}. Threads may share it once it is {@link #check checked}.
 */
final class StorySettings {
  @Option(names = "--requests", paramLabel = "N", defaultValue = "100")
  int requests;

  @Option(names = "--client", paramLabel = "CLIENT")
  private @Nullable String client;

  @Option(names = "--envoy", paramLabel = "PATH", arity = "0..1", fallbackValue = "envoy")
  private @Nullable String envoy;

  @Option(names = "--provider", paramLabel = "PROVIDER")
  private @Nullable String provider;

  @Option(names = "--zipkin", paramLabel = "URL")
  private @Nullable HttpUrl zipkin;

  @Option(names = "--jaeger", paramLabel = "URL")
  private @Nullable HttpUrl jaeger;

  @Option(names = "--jaeger-collector", paramLabel = "URL")
  private @Nullable HttpUrl jaegerCollector;

  private TracingPropagation propagation = TracingPropagation.create();

  /**
   * Checks the options and which go together, that there is an Envoy, and the library's own
   * settings.
   *
   * @param environment has the default of {@code --client}
   */
  void check(Environment environment) {
    Environment.allow(requests >= 1 && requests <= 10_000, "--requests", requests, "1 to 10000");
    client =
        client == null
            ? ReviewsSettings.client("RATINGS_CLIENT", environment.text("RATINGS_CLIENT", "okhttp"))
            : ReviewsSettings.client("--client", client);
    if (provider != null) {
      Stream<String> tracers = Stream.of(Tracer.values()).map(Tracer::toString);
      List<String> allowed = Stream.concat(tracers, Stream.of("all")).toList();
      provider = Environment.oneOf("--provider", provider, allowed);
      require(
          envoy != null,
          "--provider=" + provider + " requires --envoy: the built-in sidecars know B3 only");
    }
    require(jaegerCollector == null || jaeger != null, "--jaeger-collector requires --jaeger");
    require(jaeger == null || zipkin == null, "--zipkin and --jaeger exclude each other");
    propagation = TracingPropagation.fromEnvironment();
    if (envoy != null) {
      EnvoySidecars.check(envoy);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Returns the running server to use, or starts a Zipkin. */
  TraceBackend backend() throws IOException, InterruptedException {
    if (jaeger != null) {
      URI collector =
          jaegerCollector != null
              ? TraceBackend.withoutSlash(jaegerCollector)
              : URI.create("http://" + jaeger.uri().getHost() + ":9411"); // the usual port
      return new Jaeger(TraceBackend.withoutSlash(jaeger), collector, Instant.now());
    }
    return zipkin == null
        ? Zipkin.start(Zipkin.jar())
        : new Zipkin(TraceBackend.withoutSlash(zipkin));
  }

  /** Returns whose tracers the sidecars have, one after the other. */
  List<Tracer> tracers() {
    String name = provider == null ? "zipkin" : provider;
    return Stream.of(Tracer.values())
        .filter(it -> name.equals("all") || name.equals(it.toString()))
        .toList();
  }

  /** Returns a maker of sidecars that report to a backend if their tracer does. */
  Sidecars sidecars(Tracer tracer, String meshId, URI uri) {
    return envoy == null
        ? BuiltInSidecars.reportingTo(uri, meshId)
        : new EnvoySidecars(
            envoy, tracer, meshId, tracer.reportsToZipkin() ? uri : EnvoySidecars.NO_COLLECTOR);
  }

  /** Returns what reviews forwards with this tracer: a chosen provider's headers alone. */
  TracingPropagation forwarding(Tracer tracer) {
    return provider == null
        ? propagation
        : TracingPropagation.builder().providers(tracer.provider()).build();
  }

  /** Returns {@code okhttp}, {@code jaxrs} or {@code grpc}. */
  String client() {
    return client == null ? "okhttp" : client;
  }
}
