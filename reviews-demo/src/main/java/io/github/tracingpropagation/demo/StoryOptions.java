// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.mesh.EnvoySidecars;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the story. An invalid one throws as in {@link Environment}. */
final class StoryOptions {
  private static final int MAX_REQUESTS = 10_000;
  private static final BigDecimal MAX_PERCENT = BigDecimal.valueOf(100);

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests in each step, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private String requests = "";

  @Option(
      names = "--sampling",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Sampling rate of steps 3 and 4 in percent, 0 to 100 in steps of 0.01 (default: ${DEFAULT-VALUE}).")
  private String sampling = "";

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      defaultValue = "v3",
      description = "Version of reviews: v1, v2 or v3 (default: ${DEFAULT-VALUE}).")
  private String version = "";

  @Option(
      names = "--client",
      paramLabel = "CLIENT",
      defaultValue = "okhttp",
      description =
          "Client that reviews calls ratings with: okhttp or jaxrs (default: ${DEFAULT-VALUE}).")
  private String client = "";

  @Option(
      names = "--zipkin",
      paramLabel = "URL",
      description = "Use this running Zipkin, such as http://localhost:9411.")
  private @Nullable String zipkin;

  @Option(
      names = "--jaeger",
      paramLabel = "URL",
      description =
          "Use this running Jaeger: its page and query API, such as http://localhost:16686.")
  private @Nullable String jaeger;

  @Option(
      names = "--jaeger-collector",
      paramLabel = "URL",
      description =
          "Where that Jaeger takes spans in Zipkin's format, which it does only if it was started"
              + " with --collector.zipkin.host-port=:9411 (default: port 9411 of the same host).")
  private @Nullable String jaegerCollector;

  @Option(
      names = "--envoy",
      paramLabel = "PATH",
      arity = "0..1",
      fallbackValue = "envoy",
      description =
          "Run real Envoys as gateway and sidecars: the program at this path, or 'envoy' on the PATH.")
  private @Nullable String envoy;

  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      description =
          "With --envoy: the tracer of the Envoys, and the provider whose headers alone reviews"
              + " forwards: zipkin, zipkin-w3c, jaeger, opentelemetry, datadog, skywalking,"
              + " stackdriver or xray; all plays one after the other, prints a table and ends"
              + " (default: zipkin, and forward as in the environment, else every provider's).")
  private @Nullable String provider;

  /** Returns the settings. */
  StorySettings settings() {
    StorySettings settings =
        new StorySettings(
            Environment.parse(
                "--requests",
                requests,
                "1 to " + MAX_REQUESTS,
                Integer::valueOf,
                number -> number >= 1 && number <= MAX_REQUESTS),
            Environment.parse(
                "--sampling",
                sampling,
                "0 to 100, in steps of 0.01",
                BigDecimal::new,
                percent ->
                    percent.signum() >= 0
                        && percent.compareTo(MAX_PERCENT) <= 0
                        && percent.scale() <= 2),
            oneOf("--version", version, List.of("v1", "v2", "v3")),
            oneOf("--client", client, List.of("okhttp", "jaxrs")),
            TracingPropagation.fromEnvironment(),
            providers());
    if (provider != null && version.equals("v1")) {
      throw new IllegalArgumentException("--provider requires --version=v2 or v3: v1 calls nobody");
    }
    return settings;
  }

  private List<Tracer> providers() {
    if (provider == null) {
      return List.of();
    }
    List<Tracer> all = List.of(Tracer.values());
    List<String> allowed =
        Stream.concat(all.stream().map(Tracer::toString), Stream.of("all")).toList();
    String name = oneOf("--provider", provider, allowed);
    if (envoy == null) {
      throw new IllegalArgumentException(
          "--provider=" + provider + " requires --envoy: the built-in sidecars know B3 only");
    }
    return all.stream().filter(it -> name.equals("all") || name.equals(it.toString())).toList();
  }

  /** Returns the Envoy program, or null for built-in sidecars. */
  @Nullable String envoy() {
    if (envoy != null) {
      EnvoySidecars.check(envoy);
    }
    return envoy;
  }

  /** Returns the running server to use, or null to start a Zipkin. */
  @Nullable TraceBackend backend() {
    if (jaeger == null && jaegerCollector != null) {
      throw new IllegalArgumentException("--jaeger-collector requires --jaeger");
    }
    if (jaeger != null && zipkin != null) {
      throw new IllegalArgumentException("--zipkin and --jaeger exclude each other");
    }
    if (jaeger != null) {
      URI query = url("--jaeger", jaeger, "http://localhost:16686");
      String collector =
          jaegerCollector == null
              ? "http://" + query.getHost() + ":" + JaegerClient.ZIPKIN_PORT
              : jaegerCollector;
      return new JaegerClient(query, url("--jaeger-collector", collector, "http://localhost:9411"));
    }
    return zipkin == null
        ? null
        : new ZipkinClient(url("--zipkin", zipkin, "http://localhost:9411"));
  }

  private static URI url(String option, String value, String example) {
    return Environment.parse(
        option,
        value,
        "a URL such as " + example,
        text -> URI.create(text.replaceFirst("/+$", "")),
        uri -> uri.getHost() != null && List.of("http", "https").contains(uri.getScheme()));
  }

  private static String oneOf(String name, String value, List<String> allowed) {
    return Environment.oneOf(name, value, allowed);
  }
}
