// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tracingpropagation.testing.HeaderLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server on sockets: records each request's lines, upgrades to WebSocket, drops connections. */
final class RecordingServer implements AutoCloseable {
  private static final String KEY = "sec-websocket-key";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<List<String>> requests = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean closeNext = new AtomicBoolean();

  private RecordingServer(ServerSocket socket) {
    this.socket = socket;
  }

  static RecordingServer start() throws IOException {
    RecordingServer server =
        new RecordingServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    server.threads.execute(server::accept);
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/");
  }

  URI webSocket() {
    return URI.create("ws://127.0.0.1:" + port() + "/");
  }

  /** Returns the lines of each request, the oldest first; names in lower case. */
  Queue<List<String>> requests() {
    return requests;
  }

  /** Closes the connection of the next request instead of a response. */
  void closeTheNextConnection() {
    closeNext.set(true);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
      for (List<String> lines = read(in); !lines.isEmpty(); lines = read(in)) {
        requests.add(lines);
        if (closeNext.getAndSet(false)) {
          return;
        }
        connection.getOutputStream().write(response(lines).getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      // closed by the client
    }
  }

  private static List<String> read(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = in.readLine(); // the request line
    for (line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.add(HeaderLines.line(HeaderLines.name(line), HeaderLines.value(line)));
    }
    return lines;
  }

  private static String response(List<String> lines) {
    for (String line : lines) {
      if (HeaderLines.name(line).equals(KEY)) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: chat\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(HeaderLines.value(line))
            + "\r\n\r\n";
      }
    }
    return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  }

  private static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
