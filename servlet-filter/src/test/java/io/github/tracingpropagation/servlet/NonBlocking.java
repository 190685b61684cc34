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
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Non-blocking reads and writes, whose listeners respond with the headers that they see. */
final class NonBlocking {
  private NonBlocking() {}

  static void read(AsyncContext async, Lines lines, Queue<String> failed) throws IOException {
    ServletInputStream in = async.getRequest().getInputStream();
    in.setReadListener(new Reader(in, async, lines, failed));
  }

  /**
   * Writes without end if {@code tooSlow} is given, and releases it when the client is too slow.
   */
  static void write(
      AsyncContext async, Lines lines, Queue<String> failed, @Nullable Semaphore tooSlow)
      throws IOException {
    ServletOutputStream out = async.getResponse().getOutputStream();
    out.setWriteListener(new Writer(out, async, lines, failed, tooSlow));
  }

  /** Records the headers that are current now: there is no client left to respond to. */
  private static void fail(AsyncContext async, Lines lines, Queue<String> failed) {
    try {
      failed.add(lines.now());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      async.complete();
    }
  }

  /** Responds with the headers that both callbacks saw, or with the first's if they differ. */
  private static final class Reader implements ReadListener {
    private final ServletInputStream in;
    private final AsyncContext async;
    private final Lines lines;
    private final Queue<String> failed;
    private @Nullable String whenAvailable;

    Reader(ServletInputStream in, AsyncContext async, Lines lines, Queue<String> failed) {
      this.in = in;
      this.async = async;
      this.lines = lines;
      this.failed = failed;
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
      fail(async, lines, failed);
    }
  }

  private record Writer(
      ServletOutputStream out,
      AsyncContext async,
      Lines lines,
      Queue<String> failed,
      @Nullable Semaphore tooSlow)
      implements WriteListener {
    @Override
    public void onWritePossible() throws IOException {
      if (tooSlow != null) {
        while (out.isReady()) {
          out.write(new byte[1024]);
        }
        tooSlow.release();
      } else if (out.isReady()) {
        out.print(lines.now());
        async.complete();
      }
    }

    @Override
    public void onError(Throwable failure) {
      fail(async, lines, failed);
    }
  }
}
