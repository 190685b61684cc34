// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Does with a request all that a wrapper of ours is in the way of, and notes what came of it. */
final class RequestUse {
  /** What came of each use, in order. */
  final List<String> outcomes = new ArrayList<>();

  @SuppressWarnings("NullAway") // what some applications do
  void use(HttpServletRequest request, HttpServletResponse response) {
    note("context before", request::getAsyncContext);
    note("supported", request::isAsyncSupported);
    note("input", () -> text(request.getInputStream()));
    note("same input", twice(request::getInputStream));
    note("read listener", () -> does(() -> request.getInputStream().setReadListener(null)));
    note("output", () -> does(() -> response.getOutputStream().print("abc")));
    note("same output", twice(response::getOutputStream));
    note("write listener", () -> does(() -> response.getOutputStream().setWriteListener(null)));
    use("start", request, response, request::startAsync);
    use("start with", request, response, () -> request.startAsync(request, response));
    note("context after", request::getAsyncContext);
    note("same context", twice(request::getAsyncContext));
    note("started", request::isAsyncStarted);
  }

  @SuppressWarnings("NullAway") // what some applications do
  private void use(
      String how,
      HttpServletRequest request,
      HttpServletResponse response,
      Callable<@Nullable AsyncContext> start) {
    @Nullable AsyncContext[] started = new AsyncContext[1];
    note(how, () -> started[0] = start.call());
    AsyncContext async = started[0];
    if (async == null) {
      return;
    }
    note("current", () -> request.getAsyncContext() == async);
    note("its request", () -> async.getRequest() == request);
    note("its response", () -> async.getResponse() == response);
    note("originals", async::hasOriginalRequestAndResponse);
    note("timeout", async::getTimeout);
    note("task", () -> does(() -> async.start(() -> outcomes.add("ran"))));
    note("no task", () -> does(() -> async.start(null)));
    note("listener", () -> does(() -> async.addListener(new Listener(request))));
    note("listener with", () -> does(() -> async.addListener(new Listener(request), null, null)));
    note("complete", () -> does(async::complete));
    if (how.equals("start with")) { // after which a mock fails
      note("no listener", () -> does(() -> async.addListener(null)));
      note("complete again", () -> does(async::complete));
    }
  }

  private void note(String what, Callable<? extends @Nullable Object> work) {
    String outcome;
    try {
      Object result = work.call();
      outcome = result instanceof AsyncContext ? "a context" : String.valueOf(result);
    } catch (Exception e) {
      outcome = e.getClass().getName();
    }
    outcomes.add(what + ": " + outcome);
  }

  private static Callable<Boolean> twice(Callable<? extends @Nullable Object> getter) {
    return () -> {
      Object first = getter.call();
      return first == getter.call();
    };
  }

  private static String does(ContextCallback work) throws Exception {
    work.run();
    return "done";
  }

  private static @Nullable String text(@Nullable ServletInputStream in) throws Exception {
    return in == null ? null : Arrays.toString(in.readAllBytes());
  }

  private final class Listener implements AsyncListener {
    private final HttpServletRequest request;

    Listener(HttpServletRequest request) {
      this.request = request;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      note("completed", () -> event.getAsyncContext() == request.getAsyncContext());
      note("event", event::getAsyncContext);
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {
      note("started again", event::getAsyncContext);
    }
  }
}
