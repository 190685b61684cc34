// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.context.Context;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@link ByteBuffer} methods that Servlet 6.1 added delegate to the container's streams. */
class ByteBuffersTest {
  private static final ByteBuffer BUFFER = ByteBuffer.allocate(1);

  @Test
  void byteBufferMethods_delegate() throws Exception {
    ServletInputStream in = new TracedInputStream(new In(null), Context.root());
    Out container = new Out(null);
    ServletOutputStream out = new TracedOutputStream(container, Context.root());

    assertThat(in.read(BUFFER)).isEqualTo(7);
    out.write(BUFFER);
    assertThat(container.written).isSameAs(BUFFER);
  }

  static List<Throwable> failures() {
    return List.of(new IOException(), new IllegalStateException(), new AssertionError());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void rule12_exceptions_arePropagatedUnchanged(Throwable failure) {
    ServletInputStream in = new TracedInputStream(new In(failure), Context.root());
    ServletOutputStream out = new TracedOutputStream(new Out(failure), Context.root());

    assertThatThrownBy(() -> in.read(BUFFER)).isSameAs(failure);
    assertThatThrownBy(() -> out.write(BUFFER)).isSameAs(failure);
  }

  private static final class In extends ServletInputStream {
    private final @Nullable Throwable failure;

    In(@Nullable Throwable failure) {
      this.failure = failure;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
      fail(failure);
      return 7;
    }

    @Override
    public int read() {
      return -1;
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {}
  }

  private static final class Out extends ServletOutputStream {
    private final @Nullable Throwable failure;
    private @Nullable ByteBuffer written;

    Out(@Nullable Throwable failure) {
      this.failure = failure;
    }

    @Override
    public void write(ByteBuffer buffer) throws IOException {
      fail(failure);
      written = buffer;
    }

    @Override
    public void write(int b) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }

  private static void fail(@Nullable Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
