// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A benchmark that waits, before each iteration, until it is the turn of its fork: {@link Turns}.
 */
@State(Scope.Thread)
public abstract class InTurns {
  /** The system property with the port of {@link Turns}; without it nothing waits. */
  static final String PORT = "benchmarks.turns";

  private @Nullable Socket turns;

  /** Takes a place. */
  @Setup
  public void join() throws IOException {
    Integer port = Integer.getInteger(PORT);
    turns = port == null ? null : new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** Waits. */
  @Setup(Level.Iteration)
  public void await() throws IOException {
    if (turns != null) {
      turns.getOutputStream().write(0);
      if (turns.getInputStream().read() < 0) {
        throw new EOFException("no more turns: another fork has failed");
      }
    }
  }

  /** Passes the turn on. */
  @TearDown(Level.Iteration)
  public void end() throws IOException {
    if (turns != null) {
      turns.getOutputStream().write(0);
    }
  }

  /** Leaves. */
  @TearDown
  public void leave() throws IOException {
    if (turns != null) {
      turns.close();
    }
  }
}
