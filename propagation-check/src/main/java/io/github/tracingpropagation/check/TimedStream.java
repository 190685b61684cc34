// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** Reads from a socket until a time. The socket's own time-out starts anew with each read. */
final class TimedStream extends FilterInputStream {
  private final Socket socket;
  private final long end;

  /** Ends when {@link System#nanoTime} has this value. */
  TimedStream(Socket socket, long end) throws IOException {
    super(socket.getInputStream());
    this.socket = socket;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    setTimeout();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    setTimeout();
    return super.read(bytes, offset, length);
  }

  private void setTimeout() throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("the response did not end in time");
    }
    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
  }
}
