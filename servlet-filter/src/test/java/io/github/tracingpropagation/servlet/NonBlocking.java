// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.servlet.AsyncPaths.Lines;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads and writes without blocking; the listeners answer what they would forward. */
final class NonBlocking {
  private NonBlocking() {}

  static void read(AsyncContext async, Lines lines) throws IOException {
    ServletInputStream in = async.getRequest().getInputStream();
    in.setReadListener(new Reader(in, async, lines));
  }

  static void write(AsyncContext async, Lines lines) throws IOException {
    ServletOutputStream out = async.getResponse().getOutputStream();
    out.setWriteListener(new Writer(out, async, lines));
  }

  /** Answers what both callbacks saw, if they saw the same. */
  private static final class Reader implements ReadListener {
    private final ServletInputStream in;
    private final AsyncContext async;
    private final Lines lines;
    private @Nullable String whenAvailable;

    Reader(ServletInputStream in, AsyncContext async, Lines lines) {
      this.in = in;
      this.async = async;
      this.lines = lines;
    }

    @Override
    public void onDataAvailable() throws IOException {
      whenAvailable = lines.now();
      while (in.isReady() && !in.isFinished()) {
        in.read();
      }
    }

    @Override
    public void onAllDataRead() {
      lines.finish(async, whenAvailable);
    }

    @Override
    public void onError(Throwable failure) {
      async.complete();
    }
  }

  private record Writer(ServletOutputStream out, AsyncContext async, Lines lines)
      implements WriteListener {
    @Override
    public void onWritePossible() throws IOException {
      if (out.isReady()) {
        out.print(lines.now());
        async.complete();
      }
    }

    @Override
    public void onError(Throwable failure) {
      async.complete();
    }
  }
}
