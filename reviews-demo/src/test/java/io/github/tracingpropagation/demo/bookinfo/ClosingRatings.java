// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A ratings service that answers one request on each of its first connections, keeps these open,
 * and closes them at their second request, without an answer. Threads may share it.
 */
final class ClosingRatings implements AutoCloseable {
  private static final String BODY = "{\"ratings\":{\"Reviewer1\":5,\"Reviewer2\":4}}";
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(BODY.length(), BODY);

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final CyclicBarrier first;
  private final int connections;

  private ClosingRatings(int connections) throws IOException {
    this.connections = connections;
    this.first = new CyclicBarrier(connections);
    threads.execute(this::accept);
  }

  /** Starts a service with so many connections that will be closed. */
  static ClosingRatings afterOneRequestOn(int connections) throws IOException {
    return new ClosingRatings(connections);
  }

  int port() {
    return socket.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  /** Lets a client of this service open all of these connections, by as many requests at once. */
  void fill(URI reviews) throws Exception {
    Callable<Integer> request = () -> Http.get(reviews).status();
    for (Future<Integer> status : threads.invokeAll(Collections.nCopies(connections, request))) {
      assertThat(status.get()).isEqualTo(200);
    }
    assertThat(requests()).isEqualTo(connections);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      // The test has closed the service.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      if (FailingServer.readHead(connection.getInputStream())) {
        if (requests.incrementAndGet() <= connections) {
          first.await(); // no connection is used twice before all are open
        }
        connection.getOutputStream().write(ANSWER.getBytes(ISO_8859_1));
      }
      if (FailingServer.readHead(connection.getInputStream())) {
        requests.incrementAndGet();
      }
    } catch (Exception e) {
      // The client has closed the connection, or the test this service.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
