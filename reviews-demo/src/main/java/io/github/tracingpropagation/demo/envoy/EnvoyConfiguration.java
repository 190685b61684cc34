// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.envoy;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configuration of one Envoy, made of the templates. One thread may use it. */
final class EnvoyConfiguration {
  static final String INBOUND = "INBOUND";
  static final String OUTBOUND = "OUTBOUND";

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
    values.put("tracer", Template.fill(tracer.template(), values));
    clusters.add(Template.fill(tracer.collectorTemplate(), values));
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
    listeners.add(Template.fill("listener.yaml", values));
    clusters.add(Template.fill("cluster.yaml", values));
  }

  /** Returns the configuration. */
  String yaml() {
    values.put("listeners", String.join("\n", listeners));
    values.put("clusters", String.join("\n", clusters));
    return Template.fill("proxy.yaml", values);
  }

  private static int port(URI uri) {
    return uri.getPort() == -1 ? 80 : uri.getPort();
  }
}
