// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.Context;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Delegates to the container's stream; a {@link ReadListener} runs with the context of the code
 * that sets it.
 */
final class TracedInputStream extends ServletInputStream {
  private final ServletInputStream delegate;
  private final Context context;

  TracedInputStream(ServletInputStream delegate, Context context) {
    this.delegate = delegate;
    this.context = context;
  }

  boolean wraps(ServletInputStream other) {
    return delegate == other;
  }

  /** Passes null on: whether it throws is the container's decision. */
  @Override
  public void setReadListener(@Nullable ReadListener listener) {
    delegate.setReadListener(
        listener == null
            ? null
            : new Listener(listener, ContextCallback.contextToPropagate(context)));
  }

  @Override
  public boolean isFinished() {
    return delegate.isFinished();
  }

  @Override
  public boolean isReady() {
    return delegate.isReady();
  }

  /** Since Servlet 6.1. The inherited method copies the buffer. */
  @Override
  public int read(ByteBuffer buffer) throws IOException {
    return delegate.read(buffer);
  }

  @Override
  public int read() throws IOException {
    return delegate.read();
  }

  @Override
  public int read(byte[] bytes) throws IOException {
    return delegate.read(bytes);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return delegate.read(bytes, offset, length);
  }

  @Override
  public int readLine(byte[] bytes, int offset, int length) throws IOException {
    return delegate.readLine(bytes, offset, length);
  }

  @Override
  public byte[] readAllBytes() throws IOException {
    return delegate.readAllBytes();
  }

  @Override
  public byte[] readNBytes(int length) throws IOException {
    return delegate.readNBytes(length);
  }

  @Override
  public int readNBytes(byte[] bytes, int offset, int length) throws IOException {
    return delegate.readNBytes(bytes, offset, length);
  }

  @Override
  public long skip(long length) throws IOException {
    return delegate.skip(length);
  }

  @Override
  public int available() throws IOException {
    return delegate.available();
  }

  @Override
  public void mark(int limit) {
    delegate.mark(limit);
  }

  @Override
  public void reset() throws IOException {
    delegate.reset();
  }

  @Override
  public boolean markSupported() {
    return delegate.markSupported();
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }

  private record Listener(ReadListener listener, Context context) implements ReadListener {
    @Override
    public void onDataAvailable() throws IOException {
      ContextCallback.runWith(context, listener::onDataAvailable);
    }

    @Override
    public void onAllDataRead() throws IOException {
      ContextCallback.runWith(context, listener::onAllDataRead);
    }

    @Override
    public void onError(Throwable failure) {
      ContextCallback.runWith(context, () -> listener.onError(failure));
    }
  }
}
