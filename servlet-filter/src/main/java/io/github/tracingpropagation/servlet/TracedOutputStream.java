// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Runs the listener with what was captured where it was set. All else is the container's. */
final class TracedOutputStream extends ServletOutputStream {
  private final ServletOutputStream stream;
  private final Context context;

  TracedOutputStream(ServletOutputStream stream, Context context) {
    this.stream = stream;
    this.context = context;
  }

  boolean wraps(ServletOutputStream other) {
    return stream == other;
  }

  /** What to say to a null is left to the container. */
  @Override
  public void setWriteListener(@Nullable WriteListener listener) {
    stream.setWriteListener(
        listener == null ? null : new Listener(listener, Handover.context(context)));
  }

  @Override
  public boolean isReady() {
    return stream.isReady();
  }

  /** Every other print ends here, in one call; containers encode in different ways. */
  @Override
  public void print(String text) throws IOException {
    stream.print(text);
  }

  @SuppressWarnings("MissingOverride") // only since Servlet 6.1
  public void write(ByteBuffer buffer) throws IOException {
    ByteBuffers.write(stream, buffer);
  }

  @Override
  public void write(int b) throws IOException {
    stream.write(b);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    stream.write(bytes);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    stream.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private record Listener(WriteListener listener, Context context) implements WriteListener {
    @Override
    public void onWritePossible() throws IOException {
      Handover.run(context, listener::onWritePossible);
    }

    @Override
    public void onError(Throwable failure) {
      context.wrap(() -> listener.onError(failure)).run();
    }
  }
}
