// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import io.github.tracingpropagation.demo.bookinfo.Http;
import io.github.tracingpropagation.demo.bookinfo.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Datadog's own <a href="https://github.com/DataDog/dd-apm-test-agent">test agent</a>, which keeps
 * the traces that tracers send to it. A child process; threads may share it.
 */
public final class DatadogAgent implements AutoCloseable {
  private static final Pattern SERVING = Pattern.compile("Running APM server on port (\\d+)");

  private final ChildProcess process;

  /** A span as the tracer sent it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Span(@Nullable String service) {}

  private DatadogAgent(ChildProcess process) {
    this.process = process;
  }

  /** Starts an agent on free loopback ports; skips the test if it is not installed. */
  public static DatadogAgent start() throws IOException, InterruptedException {
    File program = Programs.require("ddapm-test-agent", "pip install ddapm-test-agent");
    int[] ports = Programs.freePorts(3);
    List<String> command =
        List.of(
            program.toString(),
            "--port=" + ports[0],
            "--otlp-http-port=" + ports[1], // not used, but it listens there
            "--otlp-grpc-port=" + ports[2]);
    Map<String, String> unbuffered = Map.of("PYTHONUNBUFFERED", "1");
    return new DatadogAgent(
        ChildProcess.start("Datadog's test agent", command, unbuffered, SERVING));
  }

  /** Returns the URI that tracers report to. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + process.serving());
  }

  /** Returns the spans of each trace, put together from what every tracer has sent so far. */
  public List<List<Span>> traces() throws IOException {
    return Json.MAPPER.readValue(
        Http.get(uri().resolve("/test/traces")).body().getBytes(UTF_8), new TypeReference<>() {});
  }

  /** Forgets all traces. */
  public void clear() throws IOException {
    Http.get(uri().resolve("/test/session/clear"));
  }

  @Override
  public void close() {
    process.close();
  }
}
