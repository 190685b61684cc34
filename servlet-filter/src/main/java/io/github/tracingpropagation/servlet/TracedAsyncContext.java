// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Runs tasks and listeners with what was captured where they were handed over. */
final class TracedAsyncContext implements AsyncContext {
  private final AsyncContext started;
  private final TracedRequest request;
  private final TracedResponse response;
  private final Context context;

  TracedAsyncContext(
      AsyncContext started, TracedRequest request, TracedResponse response, Context context) {
    this.started = started;
    this.request = request;
    this.response = response;
    this.context = context;
  }

  boolean wraps(AsyncContext other) {
    return started == other;
  }

  /** What to say to a null is left to the container, here and below. */
  @Override
  public void start(@Nullable Runnable run) {
    started.start(run == null ? null : Handover.context(context).wrap(run));
  }

  @Override
  public void addListener(@Nullable AsyncListener listener) {
    started.addListener(listener == null ? null : new Listener(listener));
  }

  @Override
  public void addListener(
      @Nullable AsyncListener listener, ServletRequest request, ServletResponse response) {
    started.addListener(listener == null ? null : new Listener(listener), request, response);
  }

  /** Returns the one that the application got where the container has the one beneath. */
  @Override
  public ServletRequest getRequest() {
    ServletRequest original = started.getRequest();
    return original == request.getRequest() ? request : original;
  }

  /** Returns the one that the application got where the container has the one beneath. */
  @Override
  public ServletResponse getResponse() {
    ServletResponse original = started.getResponse();
    return original == response.getResponse() ? response : original;
  }

  /** Undertow starts with the wrappers that it comes to; ours are none that an application made. */
  @Override
  public boolean hasOriginalRequestAndResponse() {
    return started.hasOriginalRequestAndResponse()
        || (started.getRequest() == request
            && started.getResponse() == response
            && !(request.getRequest() instanceof ServletRequestWrapper)
            && !(response.getResponse() instanceof ServletResponseWrapper));
  }

  @Override
  public void dispatch() {
    started.dispatch();
  }

  @Override
  public void dispatch(String path) {
    started.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    started.dispatch(context, path);
  }

  @Override
  public void complete() {
    started.complete();
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return started.createListener(type);
  }

  @Override
  public void setTimeout(long millis) {
    started.setTimeout(millis);
  }

  @Override
  public long getTimeout() {
    return started.getTimeout();
  }

  private final class Listener implements AsyncListener {
    private final AsyncListener listener;
    private final Context registered = Handover.context(context);

    Listener(AsyncListener listener) {
      this.listener = listener;
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
      Handover.run(registered, () -> listener.onComplete(traced(event)));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      Handover.run(registered, () -> listener.onTimeout(traced(event)));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
      Handover.run(registered, () -> listener.onError(traced(event)));
    }

    /** Needs no scope: the container calls it from within startAsync. */
    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
      listener.onStartAsync(traced(event));
    }

    /** A listener may hand over more, or register again, through its event. */
    private AsyncEvent traced(AsyncEvent event) {
      return new AsyncEvent(
          request.traced(event.getAsyncContext()),
          event.getSuppliedRequest(),
          event.getSuppliedResponse(),
          event.getThrowable());
    }
  }
}
