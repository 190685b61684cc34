// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The paths of the {@link Application} that end after the servlet has returned. */
@SuppressWarnings("try") // a scope is only there to be closed
final class AsyncPaths {
  /** What listeners would have forwarded when all was over or had failed, by path. */
  private final Map<String, BlockingQueue<String>> completed = new ConcurrentHashMap<>();

  /** Counts the requests that wait for the client to do something. */
  final Semaphore waiting = new Semaphore(0);

  /** Counts how often a client did not read fast enough. */
  final Semaphore tooSlow = new Semaphore(0);

  /** Lets a request go on whose client has gone. */
  final Semaphore gone = new Semaphore(0);

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final Lines lines;

  AsyncPaths(Lines lines) {
    this.lines = lines;
  }

  BlockingQueue<String> completed(String path) {
    return completed.computeIfAbsent(path, key -> new LinkedBlockingQueue<>());
  }

  void stop() {
    pool.shutdownNow();
  }

  void handle(String path, HttpServletRequest request) throws IOException {
    AsyncContext async = request.startAsync();
    Runnable finish = () -> lines.finish(async);
    switch (path) {
      case "/async/start" -> async.start(finish);
      case "/async/start/nothing" -> {
        try (Scope nothing = CapturedHeaders.empty().makeCurrent()) {
          async.start(finish);
        }
      }
      case "/async/pool" -> pool.execute(Context.current().wrap(finish));
      case "/async/pool/start" -> pool.execute(() -> async.start(finish));
      case "/async/pool/dispatch" -> pool.execute(async::dispatch);
      case "/async/dispatch" -> async.dispatch();
      case "/async/dispatch/elsewhere" -> async.dispatch("/forward");
      case "/async/timeout" -> {
        async.addListener(new Listener(path));
        async.setTimeout(200); // Jetty loses one that ends before the servlet has returned
      }
      case "/async/error" -> {
        async.addListener(new Listener(path));
        throw new IllegalStateException("the application's own");
      }
      case "/async/again" -> {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
          async.addListener(new Listener(path), request, async.getResponse());
          async.dispatch();
        } else {
          async.start(finish);
        }
      }
      case "/async/gone" -> {
        async.addListener(new Listener(path));
        waiting.release();
        pool.execute(
            () -> {
              gone.acquireUninterruptibly();
              async.start(finish);
            });
      }
      case "/async/read" -> NonBlocking.read(async, lines, completed(path));
      case "/async/read/later" -> {
        NonBlocking.read(async, lines, completed(path));
        waiting.release();
      }
      case "/async/write" -> NonBlocking.write(async, lines, completed(path), null);
      case "/async/write/forever" -> NonBlocking.write(async, lines, completed(path), tooSlow);
      default -> throw new IllegalArgumentException(path);
    }
  }

  /** What the application would forward just now. */
  interface Lines {
    String now() throws IOException;

    /** Answers, and completes the request. */
    default void finish(AsyncContext async) {
      finish(async, null);
    }

    /** Answers, and completes the request; unless something was seen earlier that differs. */
    default void finish(AsyncContext async, @Nullable String earlier) {
      try {
        String lines = now();
        async
            .getResponse()
            .getWriter()
            .print(earlier == null || earlier.equals(lines) ? lines : "earlier: " + earlier);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        async.complete();
      }
    }
  }

  private final class Listener implements AsyncListener {
    private final String path;

    Listener(String path) {
      this.path = path;
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
      completed(path).add(lines.now());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      lines.finish(event.getAsyncContext());
    }

    @Override
    public void onError(AsyncEvent event) {
      lines.finish(event.getAsyncContext());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
