// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.mesh.ChildProcess;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin2.codec.SpanBytesDecoder;

/**
 * A client of Zipkin's <a href="https://zipkin.io/zipkin-api/">query API</a>. Threads may share it.
 *
 * @param server that this client has started, if any
 */
record Zipkin(URI uri, @Nullable ChildProcess server) implements TraceBackend {
  private static final Pattern SERVING = Pattern.compile("Serving HTTP at .* (http://\\S+?)/?$");

  Zipkin(URI uri) {
    this(uri, null);
  }

  /**
   * Starts a server with in-memory storage on a free loopback port. Its jar is where the build puts
   * it: beside the demo's jar or classes.
   *
   * @throws IOException if it does not start
   */
  static Zipkin start() throws IOException, InterruptedException {
    URL here = Zipkin.class.getProtectionDomain().getCodeSource().getLocation();
    return start(Path.of(URI.create(here.toString())).resolveSibling("zipkin-server-slim.jar"));
  }

  static Zipkin start(Path jar) throws IOException, InterruptedException {
    if (!Files.exists(jar)) {
      throw new IOException(
          "Zipkin's jar is missing: %s; build again, or take a Zipkin that runs by --zipkin=URL"
              .formatted(jar));
    }
    List<String> command =
        List.of(
            System.getProperty("java.home") + File.separator + "bin/java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-jar",
            jar.toString(),
            "--armeria.ports[0].ip=127.0.0.1",
            "--armeria.ports[0].port=0",
            "--armeria.ports[0].protocols[0]=http");
    ChildProcess server = ChildProcess.start("Zipkin", command, Map.of(), SERVING);
    return new Zipkin(URI.create(server.serving()), server);
  }

  @Override
  public void check() throws IOException {
    if (!get("/api/v2/services").isArray()) {
      throw TraceBackend.noAnswer(name(), uri, new IOException("no list of services"));
    }
  }

  @Override
  public List<Trace> traces(String meshId, int limit) throws IOException {
    String tag = URLEncoder.encode(Sidecars.MESH_ID + "=" + meshId, UTF_8);
    String path = "/api/v2/traces?limit=" + limit + "&annotationQuery=" + tag;
    List<Trace> traces = new ArrayList<>();
    for (JsonNode spans : get(path)) {
      traces.add(new Trace(SpanBytesDecoder.JSON_V2.decodeList(spans.toString().getBytes(UTF_8))));
    }
    return traces;
  }

  @Override
  public String page(String traceId) {
    return uri + "/zipkin/traces/" + traceId;
  }

  @Override
  public String graph() {
    long now = System.currentTimeMillis();
    long hourAgo = now - Duration.ofHours(1).toMillis();
    return uri + "/zipkin/dependency?startTime=" + hourAgo + "&endTime=" + now;
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
