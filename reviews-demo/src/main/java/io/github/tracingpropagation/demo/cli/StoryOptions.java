// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.envoy.Tracer;
import io.github.tracingpropagation.demo.jaeger.JaegerClient;
import io.github.tracingpropagation.demo.service.Environment;
import io.github.tracingpropagation.demo.story.StorySettings;
import io.github.tracingpropagation.demo.zipkin.TraceBackend;
import io.github.tracingpropagation.demo.zipkin.ZipkinClient;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

  @Mixin private final EnvoyOptions envoys = new EnvoyOptions();

  /** Returns the options of the sidecars. */
  EnvoyOptions envoys() {
    return envoys;
  }

  StorySettings settings() {
    StorySettings settings =
        new StorySettings(
            requests(),
            sampling(),
            oneOf("--version", version, List.of("v1", "v2", "v3")),
            oneOf("--client", client, List.of("okhttp", "jaxrs")),
            TracingPropagation.fromEnvironment(),
            Tracer.ZIPKIN);
    List<Tracer> chosen = envoys.tracers();
    if (!chosen.isEmpty() && settings.version().equals("v1")) {
      throw new IllegalArgumentException("--provider requires --version=v2 or v3: v1 calls nobody");
    }
    return chosen.size() == 1 ? settings.with(chosen.get(0)) : settings;
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
      return new JaegerClient(
          query,
          jaegerCollector == null
              ? onPort(query, JaegerClient.ZIPKIN_PORT)
              : url("--jaeger-collector", jaegerCollector, "http://localhost:9411"));
    }
    return zipkin == null
        ? null
        : new ZipkinClient(url("--zipkin", zipkin, "http://localhost:9411"));
  }

  private static URI url(String option, String value, String example) {
    try {
      URI uri = URI.create(value.replaceFirst("/+$", ""));
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the same exception
    }
    throw Environment.invalid(option, value, "a URL such as " + example);
  }

  private static URI onPort(URI uri, int port) {
    return URI.create("http://" + uri.getHost() + ":" + port);
  }

  private int requests() {
    try {
      int number = Integer.parseInt(requests);
      if (number >= 1 && number <= MAX_REQUESTS) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the same exception
    }
    throw Environment.invalid("--requests", requests, "1 to " + MAX_REQUESTS);
  }

  private BigDecimal sampling() {
    try {
      BigDecimal percent = new BigDecimal(sampling);
      if (percent.signum() >= 0 && percent.compareTo(MAX_PERCENT) <= 0 && percent.scale() <= 2) {
        return percent;
      }
    } catch (NumberFormatException e) {
      // falls through to the same exception
    }
    throw Environment.invalid("--sampling", sampling, "0 to 100, in steps of 0.01");
  }

  static String oneOf(String name, String value, List<String> allowed) {
    return new Environment(Map.of(name, value)).oneOf(name, "", allowed);
  }
}
