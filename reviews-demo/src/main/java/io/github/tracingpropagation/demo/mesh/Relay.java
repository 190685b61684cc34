// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.bookinfo.Service;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Copies TCP connections byte for byte, and reports the requests that it sees: what a service sends
 * to its sidecar. If one side closes a connection, so does the relay, so that the sidecar learns of
 * a time-out, which an HTTP proxy would hide. Requests must have no body. Threads may share it.
 */
final class Relay implements Service {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final Supplier<URI> to;
  private final Consumer<ServedRequest> sent;

  /**
   * Starts a relay on a free loopback port.
   *
   * @param to base URI of the server, asked for each connection
   * @param sent called with each request before it is passed on, with status 0
   * @throws IOException if it does not start
   */
  Relay(Supplier<URI> to, Consumer<ServedRequest> sent) throws IOException {
    this.to = to;
    this.sent = sent;
    startThread(this::accept);
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  /** Accepts no more connections. Those that are open end with the server's side. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        // this relay is closed, which ends the loop
      }
    }
  }

  private void connect(Socket caller) throws IOException {
    try {
      Socket called = new Socket(to.get().getHost(), to.get().getPort());
      copy(called.getInputStream(), caller.getOutputStream());
      copy(caller.getInputStream(), new Reporting(called.getOutputStream()));
    } catch (IOException e) {
      caller.close(); // as the server does not accept the connection
    }
  }

  /** Copies until one side closes the connection, and then closes the other one. */
  private static void copy(InputStream from, OutputStream into) {
    startThread(
        () -> {
          try (from;
              into) {
            from.transferTo(into);
          } catch (IOException e) {
            // one side has closed the connection
          }
        });
  }

  /** Reports each request whose head is complete before it is passed on. */
  private final class Reporting extends FilterOutputStream {
    private final StringBuilder requests = new StringBuilder();

    Reporting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      requests.append(new String(bytes, offset, length, ISO_8859_1));
      for (int end = requests.indexOf(END_OF_HEAD); end >= 0; end = requests.indexOf(END_OF_HEAD)) {
        sent.accept(parse(requests.substring(0, end)));
        requests.delete(0, end + END_OF_HEAD.length());
      }
      out.write(bytes, offset, length);
    }
  }

  private static ServedRequest parse(String head) {
    String[] lines = head.split("\r\n", -1);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers
          .computeIfAbsent(
              lines[i].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(lines[i].substring(colon + 1).strip());
    }
    String[] start = lines[0].split(" ", -1);
    return new ServedRequest(start[0], start[1].replaceFirst("[?#].*", ""), 0, headers);
  }

  private static void startThread(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
