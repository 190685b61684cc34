// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import brave.Clock;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Records the time just before the last content is written. A span that ended later could end after
 * its parent, since the caller may finish as soon as it has that content.
 */
final class TimedResponse extends Response.Wrapper {
  private final Clock clock;
  private volatile long lastWrite;

  TimedResponse(Request request, Response response, Clock clock) {
    super(request, response);
    this.clock = clock;
    this.lastWrite = clock.currentTimeMicroseconds();
  }

  /** Returns the time of the last write in microseconds since the epoch. */
  long lastWrite() {
    return lastWrite;
  }

  @Override
  public void write(boolean last, ByteBuffer content, Callback callback) {
    if (content != null && content.hasRemaining()) {
      lastWrite = clock.currentTimeMicroseconds();
    }
    super.write(last, content, callback);
  }
}
