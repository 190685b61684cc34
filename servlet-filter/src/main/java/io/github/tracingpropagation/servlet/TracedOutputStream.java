// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Delegates to the container's stream; a {@link WriteListener} runs with the context of the code
 * that sets it.
 */
final class TracedOutputStream extends ServletOutputStream {
  private final ServletOutputStream delegate;
  private final Context context;

  TracedOutputStream(ServletOutputStream delegate, Context context) {
    this.delegate = delegate;
    this.context = context;
  }

  boolean wraps(ServletOutputStream other) {
    return delegate == other;
  }

  /** Passes null on: whether it throws is the container's decision. */
  @Override
  public void setWriteListener(@Nullable WriteListener listener) {
    delegate.setWriteListener(
        listener == null
            ? null
            : new Listener(listener, ContextCallback.contextToPropagate(context)));
  }

  @Override
  public boolean isReady() {
    return delegate.isReady();
  }

  /** The other print methods call this one. Delegates, because containers encode differently. */
  @Override
  public void print(String text) throws IOException {
    delegate.print(text);
  }

  /** Since Servlet 6.1. The inherited method copies the buffer. */
  @Override
  public void write(ByteBuffer buffer) throws IOException {
    delegate.write(buffer);
  }

  @Override
  public void write(int b) throws IOException {
    delegate.write(b);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    delegate.write(bytes);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    delegate.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    delegate.flush();
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }

  private record Listener(WriteListener listener, Context context) implements WriteListener {
    @Override
    public void onWritePossible() throws IOException {
      ContextCallback.runWith(context, listener::onWritePossible);
    }

    @Override
    public void onError(Throwable failure) {
      ContextCallback.runWith(context, () -> listener.onError(failure));
    }
  }
}
