// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingpropagation.demo.bookinfo.Json;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client of Zipkin's <a href="https://zipkin.io/zipkin-api/">query API</a>, and of a server that
 * it may have started. Threads may share it.
 */
final class Zipkin extends TraceBackend {
  private static final Pattern SERVING = Pattern.compile("Serving HTTP at .* (http://\\S+?)/?$");

  private final @Nullable ChildProcess server;

  /** Creates a client of a running server. */
  Zipkin(URI uri) {
    this(uri, null);
  }

  private Zipkin(URI uri, @Nullable ChildProcess server) {
    super("Zipkin", uri, uri);
    this.server = server;
  }

  /** Returns the path of Zipkin's jar, which the build puts beside the demo's jar or classes. */
  static Path jar() {
    URL here = Zipkin.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(here.toString())).resolveSibling("zipkin-server-slim.jar");
  }

  /**
   * Starts a server with in-memory storage on a free loopback port, and waits until it listens, at
   * most 60 s. It is a child process that ends when this process ends, even if that is killed.
   *
   * @throws IOException if it does not start
   */
  static Zipkin start(Path jar) throws IOException, InterruptedException {
    if (!Files.exists(jar)) {
      throw new IOException(
          "Zipkin's jar is missing: "
              + jar
              + "; build again, or take a Zipkin that runs by --zipkin=URL");
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
  void check() throws IOException, InterruptedException {
    get("/health", 200);
    get("/api/v2/services", 200); // other servers may have /health, too
  }

  @Override
  List<Trace> traces(String meshId, String service, int limit)
      throws IOException, InterruptedException {
    String tag = URLEncoder.encode(Sidecars.MESH_ID + "=" + meshId, UTF_8);
    JsonNode json = get("/api/v2/traces?limit=" + limit + "&annotationQuery=" + tag, 200);
    return Json.MAPPER.convertValue(json, new TypeReference<List<List<Trace.Span>>>() {}).stream()
        .map(Trace::new)
        .toList();
  }

  @Override
  String page(String traceId) {
    return uri() + "/zipkin/traces/" + traceId;
  }

  /** Returns the page of the dependency graph of the last hour. */
  @Override
  String graph() {
    long now = System.currentTimeMillis();
    long hourAgo = now - Duration.ofHours(1).toMillis();
    return uri() + "/zipkin/dependency?startTime=" + hourAgo + "&endTime=" + now;
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
