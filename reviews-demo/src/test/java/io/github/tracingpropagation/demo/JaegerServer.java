// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.mesh.ChildProcess;
import io.github.tracingpropagation.demo.mesh.Programs;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The real Jaeger, with in-memory storage: a child process. Threads may share it. */
public final class JaegerServer implements AutoCloseable {
  /** Each port of its own: the usual ones can be in use. */
  private static final List<String> PORTS =
      List.of(
          "query.http-server",
          "collector.zipkin",
          "query.grpc-server",
          "collector.grpc-server",
          "collector.http-server",
          "collector.otlp.grpc",
          "collector.otlp.http",
          "admin.http");

  private static final Pattern READY = Pattern.compile("\"status\":\"(ready)\"");

  private final ChildProcess process;
  private final int[] ports;

  private JaegerServer(ChildProcess process, int[] ports) {
    this.process = process;
    this.ports = ports;
  }

  /** Starts a server on free loopback ports; skips the test if it is not on the PATH. */
  public static JaegerServer start() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Programs.require("jaeger-all-in-one", ".ci/jaeger builds it").toString());
    int[] ports = Programs.freePorts(PORTS.size());
    for (int i = 0; i < ports.length; i++) {
      command.add("--" + PORTS.get(i) + ".host-port=127.0.0.1:" + ports[i]);
    }
    return new JaegerServer(ChildProcess.start("Jaeger", command, Map.of(), READY), ports);
  }

  /** Returns the base URI of its pages and its query API. */
  public URI query() {
    return URI.create("http://127.0.0.1:" + ports[0]);
  }

  /** Returns the base URI of the collector of Zipkin's spans. */
  public URI collector() {
    return URI.create("http://127.0.0.1:" + ports[1]);
  }

  @Override
  public void close() {
    process.close();
  }
}
