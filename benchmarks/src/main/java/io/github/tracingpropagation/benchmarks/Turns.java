// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lets forks run side by side, of which only one works at a time: each measures for an instant,
 * then waits for its next turn. A machine that others use too is fast for some seconds and slow for
 * some; so it is as fast for all of them. The forks' side of it is {@link InTurns}.
 */
final class Turns implements Runnable, AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final List<Socket> forks = Collections.synchronizedList(new ArrayList<>());
  private final int expected;

  /**
   * Waits for forks.
   *
   * @param expected how many will come
   */
  Turns(int expected) throws IOException {
    this.expected = expected;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Lets the forks take turns, until all of them are gone. */
  @Override
  public void run() {
    try {
      while (forks.size() < expected) {
        forks.add(server.accept());
      }
      while (!forks.isEmpty()) {
        forks.removeIf(fork -> !isReady(fork));
        forks.forEach(Turns::turn);
        Collections.rotate(forks, 1); // no fork always comes after the same one
      }
    } catch (IOException e) {
      close(); // while it waits for forks: one of them has failed
    }
  }

  private static boolean isReady(Socket fork) {
    try {
      return fork.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void turn(Socket fork) {
    try {
      fork.getOutputStream().write(0);
      fork.getInputStream().read(); // until it is over
    } catch (IOException e) {
      // gone, as isReady will find
    }
  }

  /** Ends the turns, and with them each fork that is left. */
  @Override
  public void close() {
    try (server) {
      for (Socket fork : List.copyOf(forks)) {
        fork.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket cannot be closed", e);
    }
  }
}
