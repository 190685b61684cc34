// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static java.util.regex.Matcher.quoteReplacement;

import io.github.tracingpropagation.demo.mesh.Sidecars.Direction;
import io.github.tracingpropagation.demo.mesh.Sidecars.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The configuration of one Envoy, made of the YAML files beside this class, which have places such
 * as <code>${port}</code>. One thread may use it.
 */
final class EnvoyConfiguration {
  private static final Pattern COMMENT = Pattern.compile("(?m)^#.*\n");
  private static final Pattern PLACE = Pattern.compile("(?m)(^ *)?\\$\\{(\\w+)}");

  private final Map<String, String> values = new HashMap<>();

  /**
   * Creates a configuration without listeners.
   *
   * @param percent sampling rate of requests that carry no sampling decision, 0 to 100
   * @param collector base URI of the server that spans are sent to
   */
  EnvoyConfiguration(
      Tracer tracer,
      String service,
      double percent,
      boolean isGateway,
      String meshId,
      URI collector) {
    values.put("service", service);
    values.put("percent", Double.toString(percent));
    values.put("isGateway", Boolean.toString(isGateway));
    values.put("spawnUpstreamSpan", Boolean.toString(isGateway || tracer.spawnsUpstreamSpan()));
    values.put("meshId", meshId);
    values.put("collector", collector.toString());
    values.put("collectorHost", collector.getHost());
    values.put("collectorPort", collector.getPort() == -1 ? "80" : "" + collector.getPort());
    values.put("tracer", fill(tracer.template()));
    values.put("listeners", "");
    values.put("clusters", fill(tracer.collectorTemplate()));
  }

  /** Adds a listener on a free port, whose name is its direction. */
  void addListener(Route route) {
    values.put("direction", route.direction().name());
    values.put("called", route.called());
    values.put(
        "cluster", // as Istio names it
        route.direction() == Direction.INBOUND
            ? "inbound|9080||"
            : "outbound|9080||" + route.called() + ".svc.cluster.local");
    values.put("port", Integer.toString(route.to().getPort()));
    values.merge("listeners", fill("listener.yaml"), String::concat);
    values.merge("clusters", fill("cluster.yaml"), String::concat);
  }

  /** Returns the configuration. */
  String yaml() {
    return fill("proxy.yaml");
  }

  /**
   * Returns the file's text without its comment at the start, each place replaced. Every line of a
   * value gets the indentation of a place that starts a line.
   */
  private String fill(String file) {
    return PLACE
        .matcher(COMMENT.matcher(read(file)).replaceAll(""))
        .replaceAll(
            place -> {
              String indentation = requireNonNullElse(place.group(1), "");
              String value = requireNonNull(values.get(place.group(2)), place.group());
              return quoteReplacement(value.indent(indentation.length()).stripTrailing());
            });
  }

  private static String read(String file) {
    try (InputStream in =
        requireNonNull(EnvoyConfiguration.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
