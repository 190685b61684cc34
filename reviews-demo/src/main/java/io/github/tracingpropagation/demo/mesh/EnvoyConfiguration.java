// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.regex.Matcher.quoteReplacement;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The configuration of one Envoy, made of the YAML files beside this class, which have places such
 * as <code>${port}</code>. One thread may use it.
 */
final class EnvoyConfiguration {
  static final String INBOUND = "INBOUND";
  static final String OUTBOUND = "OUTBOUND";

  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

  private final Map<String, String> values = new HashMap<>();
  private final List<String> listeners = new ArrayList<>();
  private final List<String> clusters = new ArrayList<>();

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
    values.put("collectorPort", Integer.toString(port(collector)));
    values.put("tracer", fill(tracer.template(), values));
    clusters.add(fill(tracer.collectorTemplate(), values));
  }

  /**
   * Adds a listener on a free port.
   *
   * @param direction {@link #INBOUND} or {@link #OUTBOUND}, which is the listener's name, too
   * @param called service that requests are for
   * @param to where requests are proxied to
   */
  void addListener(String direction, String called, URI to) {
    values.put("direction", direction);
    values.put("called", called);
    values.put(
        "cluster", // as Istio names it
        direction.equals(INBOUND)
            ? "inbound|9080||"
            : "outbound|9080||" + called + ".svc.cluster.local");
    values.put("port", Integer.toString(to.getPort()));
    listeners.add(fill("listener.yaml", values));
    clusters.add(fill("cluster.yaml", values));
  }

  /** Returns the configuration. */
  String yaml() {
    values.put("listeners", String.join("\n", listeners));
    values.put("clusters", String.join("\n", clusters));
    return fill("proxy.yaml", values);
  }

  /**
   * Returns the file's text without its comment at the start, each place replaced. Lines after the
   * first of a value get the indentation of the place's line.
   *
   * @throws IllegalArgumentException if a place has no value
   */
  static String fill(String file, Map<String, String> values) {
    return read(file)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(
            line -> {
              String indentation = line.replaceFirst("\\S.*", "");
              return PLACE
                  .matcher(line)
                  .replaceAll(
                      place -> {
                        String value = values.get(place.group(1));
                        if (value == null) {
                          throw new IllegalArgumentException(
                              file + ": no value of " + place.group(1));
                        }
                        return quoteReplacement(value.replace("\n", "\n" + indentation));
                      });
            })
        .collect(joining("\n"));
  }

  private static String read(String file) {
    try (InputStream in =
        requireNonNull(EnvoyConfiguration.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(URI uri) {
    return uri.getPort() == -1 ? 80 : uri.getPort();
  }
}
