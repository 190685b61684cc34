// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.bookinfo.ReviewsSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import io.github.tracingpropagation.demo.mesh.EnvoySidecars;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The settings of the story, which are options of the command line. An invalid one throws as in
 * {@link Environment}. Threads may share it once it is {@link #check checked}.
 */
final class StorySettings {
  /** Forwards nothing by a public setting, so that the code of reviews stays the same. */
  static final TracingPropagation NOTHING =
      TracingPropagation.builder().forwardTo(Destinations.hosts("nobody.invalid")).build();

  private static final BigDecimal MAX_PERCENT = BigDecimal.valueOf(100);

  /** A rate of 1 % is shown by so many requests that about 10 are traced. */
  private static final int EXPECTED_TRACES = 10;

  private static final int MAX_FACTOR = 10;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests in each step, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  int requests;

  @Option(
      names = "--sampling",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Sampling rate of steps 3 and 4 in percent, 0 to 100 in steps of 0.01 (default: ${DEFAULT-VALUE}).")
  BigDecimal sampling = BigDecimal.ONE;

  @Option(
      names = "--client",
      paramLabel = "CLIENT",
      description =
          "Client that reviews calls ratings with: okhttp, jaxrs or grpc (default: RATINGS_CLIENT,"
              + " else okhttp).")
  private @Nullable String client;

  @Option(
      names = "--envoy",
      paramLabel = "PATH",
      arity = "0..1",
      fallbackValue = "envoy",
      description =
          "Run real Envoys as gateway and sidecars: the program at this path, or 'envoy' on the PATH.")
  @Nullable String envoy;

  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      description =
          "With --envoy: the tracer of the Envoys, and the provider whose headers alone reviews"
              + " forwards: zipkin, zipkin-w3c, jaeger, opentelemetry, datadog, skywalking,"
              + " stackdriver or xray; all plays one after the other, prints a table and ends"
              + " (default: zipkin, and forward as in the environment, else every provider's).")
  private @Nullable String provider;

  @Option(
      names = "--zipkin",
      paramLabel = "URL",
      description = "Use this running Zipkin, such as http://localhost:9411.")
  private @Nullable HttpUrl zipkin;

  @Option(
      names = "--jaeger",
      paramLabel = "URL",
      description =
          "Use this running Jaeger: its page and query API, such as http://localhost:16686.")
  private @Nullable HttpUrl jaeger;

  @Option(
      names = "--jaeger-collector",
      paramLabel = "URL",
      description =
          "Where that Jaeger takes spans in Zipkin's format, which it does only if it was started"
              + " with --collector.zipkin.host-port=:9411 (default: port 9411 of the same host).")
  private @Nullable HttpUrl jaegerCollector;

  private TracingPropagation propagation = NOTHING;

  /**
   * Checks the options and which go together, that there is an Envoy, and the library's own
   * settings.
   *
   * @param environment has the default of {@code --client}
   */
  void check(Environment environment) {
    allow(requests >= 1 && requests <= 10_000, "--requests", requests, "1 to 10000");
    allow(
        sampling.signum() >= 0 && sampling.compareTo(MAX_PERCENT) <= 0 && sampling.scale() <= 2,
        "--sampling",
        sampling,
        "0 to 100, in steps of 0.01");
    client =
        client == null
            ? ReviewsSettings.client("RATINGS_CLIENT", environment.text("RATINGS_CLIENT", "okhttp"))
            : ReviewsSettings.client("--client", client);
    if (provider != null) {
      Stream<String> tracers = Stream.of(Tracer.values()).map(Tracer::toString);
      List<String> allowed = Stream.concat(tracers, Stream.of("all")).toList();
      provider = Environment.oneOf("--provider", provider, allowed);
    }
    require(
        provider == null || envoy != null,
        "--provider=" + provider + " requires --envoy: the built-in sidecars know B3 only");
    require(jaegerCollector == null || jaeger != null, "--jaeger-collector requires --jaeger");
    require(jaeger == null || zipkin == null, "--zipkin and --jaeger exclude each other");
    propagation = TracingPropagation.fromEnvironment();
    if (envoy != null) {
      EnvoySidecars.check(envoy);
    }
  }

  private static void allow(boolean holds, String option, @Nullable Object value, String allowed) {
    if (!holds) {
      throw Environment.invalid(option, String.valueOf(value), allowed);
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
      return new Jaeger(jaeger.uri(), jaegerCollector == null ? null : jaegerCollector.uri());
    }
    return zipkin == null ? Zipkin.start(Zipkin.jar()) : new Zipkin(zipkin.uri());
  }

  /** Returns whose tracers the sidecars have one after the other; none for Zipkin's. */
  List<Tracer> providers() {
    return Stream.of(Tracer.values())
        .filter(it -> "all".equals(provider) || it.toString().equals(provider))
        .toList();
  }

  /** Returns whether to play the four steps: with one tracer, which reports to Zipkin. */
  boolean hasFourSteps() {
    return providers().size() <= 1 && tracer().reportsToZipkin();
  }

  /** Returns the tracer of the four steps. */
  Tracer tracer() {
    return provider == null ? Tracer.ZIPKIN : providers().get(0);
  }

  /** Returns what reviews forwards with this tracer: a chosen provider's headers alone. */
  TracingPropagation forwarding(Tracer tracer) {
    return provider == null
        ? propagation
        : TracingPropagation.builder().providers(tracer.provider()).build();
  }

  /** Returns whether reviews calls ratings by gRPC. */
  boolean usesGrpc() {
    return "grpc".equals(client);
  }

  /** Returns how reviews calls ratings, where that is not by HTTP. */
  String how() {
    return usesGrpc() ? ", and calls ratings by gRPC" : "";
  }

  /** Returns the environment variables of reviews, which calls ratings at this address. */
  Map<String, String> reviews(Service ratings) {
    return Map.of(
        "ENABLE_RATINGS",
        "true",
        "STAR_COLOR",
        "red",
        "RATINGS_HOSTNAME",
        Service.LOOPBACK,
        usesGrpc() ? "RATINGS_SERVICE_PORT_GRPC" : "RATINGS_SERVICE_PORT",
        "" + ratings.port(),
        "RATINGS_CLIENT",
        requireNonNull(client),
        "HOSTNAME",
        "reviews-v3");
  }

  /**
   * Returns the number of requests of the third step: enough for about 10 traces, at most ten times
   * as many as in the other steps.
   */
  int sampledRequests() {
    double share = sampling.doubleValue() / 100;
    double enough = share == 0 ? 0 : Math.ceil(EXPECTED_TRACES / share);
    return (int) Math.max(requests, Math.min(enough, (double) MAX_FACTOR * requests));
  }

  /**
   * Returns whether random sampling may select that many. The tolerance is ten standard deviations,
   * so that a correct run fails less than once in a billion.
   */
  boolean isPlausible(int traced) {
    double share = sampling.doubleValue() / 100;
    int all = sampledRequests();
    double deviation = Math.sqrt(all * share * (1 - share));
    double tolerance = deviation == 0 ? 0 : 10 * deviation + 3;
    return Math.abs(traced - all * share) <= tolerance;
  }
}
