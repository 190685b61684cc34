// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tracingpropagation.testing.Ports;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that runs the application with an agent, and the service that it calls. */
final class AgentProcess {
  /** One trace in the headers of every family. */
  static final List<String> INBOUND =
      List.of(
          "x-request-id: 2fa3ab2b-7A0E-9aa4-8a5d-3f2b8a1f0c11",
          "x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7",
          "x-b3-spanid: e457b5a2e4d86bd1",
          "x-b3-parentspanid: 05e3ac9a4f6e3b90",
          "x-b3-sampled: 1",
          "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90",
          "traceparent: 00-80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-01",
          "tracestate: mesh=in",
          "x-datadog-trace-id: 7277407061855694839",
          "x-datadog-parent-id: 16453819474850114513",
          "x-datadog-sampling-priority: 1",
          "x-datadog-origin: in",
          "x-datadog-tags: _dd.p.tid=80f198ee56343ba8",
          "uber-trace-id: 80f198ee56343ba864fe8b2a57d3eff7:e457b5a2e4d86bd1:0:1",
          "x-cloud-trace-context: 80f198ee56343ba864fe8b2a57d3eff7/1;o=1",
          "grpc-trace-bin: AACA8ZjuVjQ7qGT+iypX0+/3AeRXtaLk2GvRAgE",
          "sw8: 1-QUFB-QkJC-1-c3Zj-aW5z-L2U=-aG9zdA==",
          "x-ot-span-context: in",
          "x-amzn-trace-id: Root=1-80f198ee-56343ba864fe8b2a57d3eff7;"
              + "Parent=e457b5a2e4d86bd1;Sampled=1");

  /** Headers that the HTTP clients add. */
  private static final List<String> CLIENT_HEADERS =
      List.of(
          "accept",
          "accept-encoding",
          "connection",
          "content-length",
          "host",
          "http2-settings",
          "upgrade",
          "user-agent");

  private static final long CONNECT_SECONDS = 60;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpServer downstream;
  private final HostProcess process;
  private final URI base;

  private AgentProcess(HttpServer downstream, HostProcess process, URI base) {
    this.downstream = downstream;
    this.process = process;
    this.base = base;
  }

  static AgentProcess start(String name, List<String> options) throws Exception {
    HttpServer downstream =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    downstream.createContext("/", AgentProcess::answerWithHeaders);
    downstream.start();
    int port = Ports.free();
    List<String> command = new ArrayList<>(List.of(HostProcess.java()));
    command.addAll(options);
    Path classes = HostProcess.built("agents/target/classes");
    Path libraries = HostProcess.built("agents/target/lib");
    command.addAll(List.of("-cp", classes + File.pathSeparator + libraries.resolve("*")));
    command.add("io.github.tracingpropagation.hosts.agents.TracedApplication");
    command.addAll(List.of(Integer.toString(port), Path.of("target", "agents").toString()));
    String uri = "http://127.0.0.1:" + downstream.getAddress().getPort() + "/";
    HostProcess process = HostProcess.start(name, command, Map.of("DOWNSTREAM", uri));
    URI base = URI.create("http://127.0.0.1:" + port + "/");
    process.awaitAnswer(base.resolve("socket"));
    return new AgentProcess(downstream, process, base);
  }

  /** Returns the header lines that downstream receives from a client, names in lower case. */
  List<String> sent(String with) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(with));
    for (String line : INBOUND) {
      request.header(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as("status; log: %s", process.log()).isEqualTo(200);
    return response.body().lines().toList();
  }

  /** Waits until OkHttp sends a line that matches. */
  void await(Predicate<String> line) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS);
    while (sent("okhttp").stream().noneMatch(line) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Returns the content of the application's log. */
  String output() {
    return process.output();
  }

  private static void answerWithHeaders(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> lines = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                String lower = name.toLowerCase(Locale.ROOT);
                if (!CLIENT_HEADERS.contains(lower)) {
                  values.forEach(value -> lines.add(lower + ": " + value));
                }
              });
      byte[] body = String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Stops the application and downstream. */
  void stop() throws InterruptedException {
    process.stop();
    downstream.stop(0);
  }
}
