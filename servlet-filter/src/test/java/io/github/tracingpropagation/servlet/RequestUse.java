// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.catchThrowable;

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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * Calls each method of a request and response that our wrappers override, and notes the results.
 */
final class RequestUse {
  /** The result or the exception of each call, in order. */
  final List<String> outcomes = new ArrayList<>();

  @SuppressWarnings("NullAway") // some applications pass null
  void use(HttpServletRequest request, HttpServletResponse response) {
    note("context before", request::getAsyncContext);
    note("supported", request::isAsyncSupported);
    note("input", () -> text(request.getInputStream()));
    note("same input", twice(request::getInputStream));
    noteCall("read listener", () -> request.getInputStream().setReadListener(null));
    noteCall("output", () -> response.getOutputStream().print("abc"));
    note("same output", twice(response::getOutputStream));
    noteCall("write listener", () -> response.getOutputStream().setWriteListener(null));
    use("start", request, response, request::startAsync);
    use("start with", request, response, () -> request.startAsync(request, response));
    note("context after", request::getAsyncContext);
    note("same context", twice(request::getAsyncContext));
    note("started", request::isAsyncStarted);
  }

  @SuppressWarnings("NullAway") // some applications pass null
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
    noteCall("task", () -> async.start(() -> outcomes.add("ran")));
    noteCall("no task", () -> async.start(null));
    noteCall("listener", () -> async.addListener(new Listener(request)));
    noteCall("listener with", () -> async.addListener(new Listener(request), null, null));
    noteCall("complete", async::complete);
    if (how.equals("start with")) { // after which a mock fails
      noteCall("no listener", () -> async.addListener(null));
      noteCall("complete again", async::complete);
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

  private void noteCall(String what, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    outcomes.add(what + ": " + (thrown == null ? "done" : thrown.getClass().getName()));
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
