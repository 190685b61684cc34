// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
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

/** The async paths of the {@link Application}. */
@SuppressWarnings("try") // the scope is only closed
final class AsyncPaths {
  private static final ContextKey<String> SPAN = ContextKey.named("span");

  /** By path, the headers that listeners saw at completion or failure. */
  private final Map<String, BlockingQueue<String>> completed = new ConcurrentHashMap<>();

  /** Released by each request that waits for its client. */
  final Semaphore waiting = new Semaphore(0);

  /** Released when a client does not read fast enough. */
  final Semaphore tooSlow = new Semaphore(0);

  /** Acquired by a request that waits until its client has disconnected. */
  final Semaphore gone = new Semaphore(0);

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final Application application;
  private final Lines lines;

  AsyncPaths(Application application, Lines lines) {
    this.application = application;
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
      case "/async/pool/start/span" -> startIn(Context.root().with(SPAN, "a span"), async);
      case "/async/pool/start/removed" ->
          startIn(CapturedHeaders.removeFrom(application.anotherRequest()), async);
      case "/async/pool/start/nothing" ->
          startIn(Context.root().with(CapturedHeaders.empty()), async);
      case "/async/start/leak" ->
          async.start(
              () -> {
                application.leak();
                async.complete();
              });
      case "/async/pool/dispatch" -> pool.execute(async::dispatch);
      case "/async/dispatch" -> async.dispatch();
      case "/async/dispatch/elsewhere" -> async.dispatch("/forward");
      case "/async/timeout" -> {
        async.addListener(new Listener(path));
        async.setTimeout(200); // Jetty ignores one that expires before the servlet has returned
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

  /** Starts a task on a thread of the pool that has a context, and responds with what it sees. */
  private void startIn(Context context, AsyncContext async) {
    pool.execute(context.wrap(() -> async.start(() -> lines.finish(async))));
  }

  /** The headers that the application would forward now, as lines. */
  interface Lines {
    String now() throws IOException;

    /** Responds with the current lines, and completes the request. */
    default void finish(AsyncContext async) {
      finish(async, null);
    }

    /** Responds with the current lines, or with the earlier ones if they differ, and completes. */
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
      application.leak();
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
