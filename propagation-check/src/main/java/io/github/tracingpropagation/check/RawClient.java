// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends requests whose header lines arrive byte for byte; HTTP libraries repair or refuse them.
 * Threads may share it.
 */
final class RawClient implements AutoCloseable {
  private final RequestTemplate template;
  private final SSLSocketFactory tls;
  private final Duration timeout;

  /** Connections that wait for their next request. */
  private final Queue<Socket> idle = new ConcurrentLinkedQueue<>();

  RawClient(RequestTemplate template, SSLSocketFactory tls, Duration timeout) {
    this.template = template;
    this.tls = tls;
    this.timeout = timeout;
  }

  /**
   * Sends a request and returns the status of its response, after the whole response has come.
   *
   * @param shared whether on a connection that other requests have used and will use, as a sidecar
   *     does; else it gets one of its own
   * @throws IOException if the whole response did not come within the time-out
   */
  int send(ServiceUri uri, List<String> lines, boolean shared) throws IOException {
    Socket used = shared ? idle.poll() : null;
    byte[] request = template.bytes(uri, lines, shared);
    if (used != null) {
      int status = send(used, request, true);
      if (status != 0) {
        return status;
      } // Else the service had closed it, as it may at any time between two requests.
    }
    return send(connect(uri), request, shared);
  }

  private Socket connect(ServiceUri uri) throws IOException {
    int millis = (int) timeout.toMillis();
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(uri.host(), uri.port()), millis);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(millis);
      return uri.tls() ? secured(socket, uri) : socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket socket, ServiceUri uri) throws IOException {
    SSLSocket secured = (SSLSocket) tls.createSocket(socket, uri.host(), uri.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /** Returns the status, or 0 if a used connection had ended before. */
  private int send(Socket socket, byte[] request, boolean shared) throws IOException {
    boolean keep = false;
    try {
      InputStream in =
          new BufferedInputStream(new TimedStream(socket, System.nanoTime() + timeout.toNanos()));
      HttpMessage response;
      try {
        socket.getOutputStream().write(request);
        response = HttpMessage.read(in);
      } catch (java.net.SocketException e) {
        response = null; // Reset: as if it had ended.
      }
      while (response != null && response.status() < 200) {
        response = HttpMessage.read(in);
      }
      if (response == null) {
        if (shared) {
          return 0;
        }
        throw new IOException("the service ended the connection without a response");
      }
      response.skipResponseBody(in, template.method().equals("HEAD"));
      keep = shared && !response.isLast() && response.hasEnd();
      return response.status();
    } finally {
      if (keep) {
        idle.add(socket);
      } else {
        socket.close();
      }
    }
  }

  @Override
  public void close() {
    for (Socket socket = idle.poll(); socket != null; socket = idle.poll()) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is of no more use either way.
      }
    }
  }
}
