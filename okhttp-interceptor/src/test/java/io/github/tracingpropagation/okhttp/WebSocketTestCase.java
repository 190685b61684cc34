// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Adds a WebSocket server to the service, which answers a handshake as an ordinary request. */
abstract class WebSocketTestCase extends OkHttpTestCase {
  private WebSocketServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = WebSocketServer.start(folder);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  final URI socketUri() {
    return server.uri();
  }

  final Request socket() {
    return new Request.Builder().url(socketUri().toString()).build();
  }

  /** Returns the header lines of each handshake that has arrived, the oldest first. */
  final BlockingQueue<List<String>> handshakes() {
    return server.handshakes();
  }
}
