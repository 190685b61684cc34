// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.Context;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Runs the listener with what was captured where it was set. All else is the container's. */
final class TracedInputStream extends ServletInputStream {
  private final ServletInputStream stream;
  private final Context context;

  TracedInputStream(ServletInputStream stream, Context context) {
    this.stream = stream;
    this.context = context;
  }

  boolean wraps(ServletInputStream other) {
    return stream == other;
  }

  /** What to say to a null is left to the container. */
  @Override
  public void setReadListener(@Nullable ReadListener listener) {
    stream.setReadListener(
        listener == null ? null : new Listener(listener, Handover.context(context)));
  }

  @Override
  public boolean isFinished() {
    return stream.isFinished();
  }

  @Override
  public boolean isReady() {
    return stream.isReady();
  }

  @SuppressWarnings("MissingOverride") // only since Servlet 6.1
  public int read(ByteBuffer buffer) throws IOException {
    return ByteBuffers.read(stream, buffer);
  }

  @Override
  public int read() throws IOException {
    return stream.read();
  }

  @Override
  public int read(byte[] bytes) throws IOException {
    return stream.read(bytes);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return stream.read(bytes, offset, length);
  }

  @Override
  public int readLine(byte[] bytes, int offset, int length) throws IOException {
    return stream.readLine(bytes, offset, length);
  }

  @Override
  public byte[] readAllBytes() throws IOException {
    return stream.readAllBytes();
  }

  @Override
  public byte[] readNBytes(int length) throws IOException {
    return stream.readNBytes(length);
  }

  @Override
  public int readNBytes(byte[] bytes, int offset, int length) throws IOException {
    return stream.readNBytes(bytes, offset, length);
  }

  @Override
  public long skip(long length) throws IOException {
    return stream.skip(length);
  }

  @Override
  public int available() throws IOException {
    return stream.available();
  }

  @Override
  public void mark(int limit) {
    stream.mark(limit);
  }

  @Override
  public void reset() throws IOException {
    stream.reset();
  }

  @Override
  public boolean markSupported() {
    return stream.markSupported();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private record Listener(ReadListener listener, Context context) implements ReadListener {
    @Override
    public void onDataAvailable() throws IOException {
      Handover.run(context, listener::onDataAvailable);
    }

    @Override
    public void onAllDataRead() throws IOException {
      Handover.run(context, listener::onAllDataRead);
    }

    @Override
    public void onError(Throwable failure) {
      context.wrap(() -> listener.onError(failure)).run();
    }
  }
}
