// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import io.github.tracingpropagation.demo.envoy.EnvoyProgram;
import io.github.tracingpropagation.demo.envoy.Tracer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the sidecars. An invalid one throws as in {@link StoryOptions}. */
final class EnvoyOptions {
  @Option(
      names = "--envoy",
      paramLabel = "PATH",
      arity = "0..1",
      fallbackValue = "",
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

  /** Returns the path of the Envoy program, or null for built-in sidecars. */
  @Nullable Path program() {
    return envoy == null
        ? null
        : EnvoyProgram.find(envoy, Objects.requireNonNullElse(System.getenv("PATH"), ""));
  }

  /** Returns the tracers to play: none by default, all for {@code all}. */
  List<Tracer> tracers() {
    if (provider == null) {
      return List.of();
    }
    List<Tracer> all = List.of(Tracer.values());
    List<String> allowed =
        Stream.concat(all.stream().map(Tracer::label), Stream.of("all")).toList();
    String name = StoryOptions.oneOf("--provider", provider, allowed);
    if (envoy == null) {
      throw new IllegalArgumentException(
          "--provider=" + provider + " requires --envoy: the built-in sidecars know B3 only");
    }
    return all.stream().filter(it -> name.equals("all") || name.equals(it.label())).toList();
  }
}
