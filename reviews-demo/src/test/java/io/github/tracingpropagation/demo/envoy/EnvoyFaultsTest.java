// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.envoy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tracingpropagation.demo.zipkin.Trace;
import io.github.tracingpropagation.demo.zipkin.ZipkinClient;
import io.github.tracingpropagation.demo.zipkin.ZipkinServer;
import io.github.tracingpropagation.demo.zipkin.ZipkinSpan;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What reviews answers and the trace shows if ratings fails behind its Envoy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class EnvoyFaultsTest {

  private ZipkinServer zipkin;

  @BeforeAll
  void start() throws Exception {
    TestEnvoy.program();
    zipkin = ZipkinServer.start(ZipkinServer.jar());
  }

  @AfterAll
  void stop() {
    if (zipkin != null) {
      zipkin.close();
    }
  }

  @Test
  void ratingsDown() throws Exception {
    URI nobody;
    try (ServerSocket socket = listen()) {
      nobody = uri(socket);
    }
    System.out.println(play(nobody));
  }

  @Test
  void ratingsLate() throws Exception {
    try (ServerSocket socket = listen()) {
      System.out.println(play(uri(socket)));
    }
  }

  @Test
  void ratingsGarbage() throws Exception {
    try (ServerSocket socket = listen()) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket call = socket.accept()) {
                  call.getInputStream().read();
                  call.getOutputStream().write("nonsense\r\n\r\n".getBytes(US_ASCII));
                } catch (Exception e) {
                  // closed
                }
              });
      thread.start();
      System.out.println(play(uri(socket)));
    }
  }

  private List<String> play(URI ratings) throws Exception {
    String meshId = UUID.randomUUID().toString();
    ZipkinClient client = new ZipkinClient(zipkin.uri());
    try (Chain chain =
        new Chain(
            new EnvoySidecars(TestEnvoy.program(), Tracer.ZIPKIN, meshId, zipkin.uri()),
            100,
            100,
            ratings)) {
      System.out.println(chain.body(List.of()));
      Thread.sleep(3000);
      List<String> all = new ArrayList<>();
      for (Trace trace : client.traces(meshId, 10)) {
        for (Trace.Node node : trace.tree()) {
          ZipkinSpan span = node.span();
          all.add(
              "\n" + node.depth() + " " + span.service() + " " + span.kind() + " " + span.tags());
        }
      }
      return all;
    }
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  private static URI uri(ServerSocket socket) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }
}
