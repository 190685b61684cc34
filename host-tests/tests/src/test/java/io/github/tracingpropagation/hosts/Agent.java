// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Real agents: JVM options that keep each from calling its vendor, and the headers it writes. */
enum Agent {
  OPENTELEMETRY("opentelemetry-javaagent", "OpenTelemetry", openTelemetry(), w3c("mesh=in")),
  OPENTELEMETRY_B3(
      "opentelemetry-javaagent",
      "OpenTelemetry",
      openTelemetry("-Dotel.propagators=b3multi"),
      b3()),
  SPLUNK("splunk-otel-javaagent", "OpenTelemetry", openTelemetry(), w3c("mesh=in")),
  AWS(
      "aws-opentelemetry-agent",
      "OpenTelemetry",
      openTelemetry("-Dotel.aws.application.signals.enabled=false"),
      traceparent() + b3() + b3Single() + xray()),
  APPLICATION_INSIGHTS(
      "applicationinsights-agent",
      "OpenTelemetry",
      List.of(
          "-Dapplicationinsights.connection.string=InstrumentationKey="
              + "00000000-0000-0000-0000-000000000000;IngestionEndpoint=http://127.0.0.1:1/;"
              + "LiveEndpoint=http://127.0.0.1:1/",
          "-Dapplicationinsights.statsbeat.disabled=true"),
      w3c("mesh=in")),
  DATADOG("dd-java-agent", "Datadog", datadog(), w3c("dd=.*,mesh=in") + datadogIds()),
  DATADOG_B3("dd-java-agent", "Datadog", datadog("-Ddd.trace.propagation.style=b3multi"), b3()),
  NEW_RELIC(
      "newrelic-agent",
      "New Relic",
      List.of(), // those of NewRelicCollector
      w3c("1@nr=.*,mesh=in") + "newrelic: .+\n"),
  ELASTIC(
      "elastic-apm-agent",
      "Elastic",
      List.of(
          "-Delastic.apm.server_url=http://127.0.0.1:1",
          "-Delastic.apm.central_config=false",
          "-Delastic.apm.cloud_provider=NONE"),
      w3c("mesh=in") + "elastic-apm-" + traceparent());

  private static final String TRACE = "80f198ee56343ba864fe8b2a57d3eff7";
  private static final String SPAN = "(?!e457b5a2e4d86bd1)[0-9a-f]{16}"; // not the inbound one

  private final String jar;
  private final String vendor;
  private final String options;
  private final String written;

  /**
   * @param written a regular expression a line: the header lines that the agent writes, with the
   *     inbound trace id and a span id of its own
   */
  Agent(String jar, String vendor, List<String> options, String written) {
    this.jar = jar;
    this.vendor = vendor;
    this.options = String.join("\n", options);
    this.written = written;
  }

  /** Returns false if this release of the agent fails to start on this JDK: tried on 17 and 25. */
  boolean startsOnThisJdk() {
    return Runtime.version().feature() < 25
        || !(this == AWS || this == APPLICATION_INSIGHTS || this == NEW_RELIC);
  }

  /** Returns false if the agent writes nothing into the requests of a client. */
  boolean instruments(String client) {
    return !(client.equals("reactor-netty") && (this == NEW_RELIC || this == ELASTIC));
  }

  /** Returns whether the agent begins a span in an empty context before our interceptor runs. */
  boolean hidesTheContextFrom(String client) {
    return this == ELASTIC && (client.startsWith("apache") || client.equals("grpc"));
  }

  /** Returns the vendor's name in the library's log line at start. */
  String vendor() {
    return vendor;
  }

  /** Returns the JVM options. */
  List<String> options() {
    List<String> all = new ArrayList<>(options.lines().toList());
    all.add("-javaagent:" + HostProcess.built("agents/target/agents/" + jar + ".jar"));
    return all;
  }

  /** Returns a pattern for each header line that the agent must have written. */
  List<Pattern> written() {
    return written.lines().map(Pattern::compile).toList();
  }

  private static List<String> openTelemetry(String... more) {
    return Stream.concat(
            Stream.of(
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "-Dotel.java.enabled.resource.providers=none"), // they would query cloud metadata
            // services
            Stream.of(more))
        .toList();
  }

  private static List<String> datadog(String... more) {
    return Stream.concat(
            Stream.of(
                "-Ddd.trace.agent.url=http://127.0.0.1:1",
                "-Ddd.remote_config.enabled=false",
                "-Ddd.instrumentation.telemetry.enabled=false",
                "-Ddd.jmxfetch.enabled=false"),
            Stream.of(more))
        .toList();
  }

  private static String traceparent() {
    return "traceparent: 00-" + TRACE + "-" + SPAN + "-0[01]\n";
  }

  private static String w3c(String tracestate) {
    return traceparent() + "tracestate: " + tracestate + "\n";
  }

  private static String b3() {
    return "x-b3-traceid: " + TRACE + "\nx-b3-spanid: " + SPAN + "\nx-b3-sampled: 1\n";
  }

  private static String b3Single() {
    return "b3: " + TRACE + "-" + SPAN + "-1\n";
  }

  private static String xray() {
    return "x-amzn-trace-id: Root=1-80f198ee-56343ba864fe8b2a57d3eff7;Parent="
        + SPAN
        + ";Sampled=1\n";
  }

  private static String datadogIds() {
    return """
    x-datadog-trace-id: 7277407061855694839
    x-datadog-parent-id: (?!16453819474850114513$)\\d+
    x-datadog-sampling-priority: 1
    x-datadog-origin: in
    x-datadog-tags: .*_dd.p.tid=80f198ee56343ba8.*
    """;
  }
}
