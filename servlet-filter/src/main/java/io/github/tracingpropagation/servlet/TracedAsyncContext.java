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

/**
 * Delegates to the container's {@link AsyncContext}; tasks and listeners run with the context of
 * the code that passed them.
 */
final class TracedAsyncContext implements AsyncContext {
  private final AsyncContext delegate;
  private final TracedRequest request;
  private final TracedResponse response;
  private final Context context;

  TracedAsyncContext(
      AsyncContext delegate, TracedRequest request, TracedResponse response, Context context) {
    this.delegate = delegate;
    this.request = request;
    this.response = response;
    this.context = context;
  }

  boolean wraps(AsyncContext other) {
    return delegate == other;
  }

  /** Passes null on: whether it throws is the container's decision, here and below. */
  @Override
  public void start(@Nullable Runnable run) {
    delegate.start(run == null ? null : wrap(run, ContextCallback.contextToPropagate(context)));
  }

  private static Runnable wrap(Runnable run, Context context) {
    return () -> ContextCallback.runWith(context, run::run);
  }

  @Override
  public void addListener(@Nullable AsyncListener listener) {
    delegate.addListener(listener == null ? null : new Listener(listener));
  }

  @Override
  public void addListener(
      @Nullable AsyncListener listener, ServletRequest request, ServletResponse response) {
    delegate.addListener(listener == null ? null : new Listener(listener), request, response);
  }

  /** Returns our wrapper if the container holds the request that it wraps. */
  @Override
  public ServletRequest getRequest() {
    ServletRequest original = delegate.getRequest();
    return original == request.getRequest() ? request : original;
  }

  /** Returns our wrapper if the container holds the response that it wraps. */
  @Override
  public ServletResponse getResponse() {
    ServletResponse original = delegate.getResponse();
    return original == response.getResponse() ? response : original;
  }

  /**
   * Returns true also if our wrappers are the only ones: {@code startAsync()} in Undertow uses the
   * outermost wrappers, and ours are not the application's.
   */
  @Override
  public boolean hasOriginalRequestAndResponse() {
    return delegate.hasOriginalRequestAndResponse()
        || (delegate.getRequest() == request
            && delegate.getResponse() == response
            && !(request.getRequest() instanceof ServletRequestWrapper)
            && !(response.getResponse() instanceof ServletResponseWrapper));
  }

  @Override
  public void dispatch() {
    delegate.dispatch();
  }

  @Override
  public void dispatch(String path) {
    delegate.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    delegate.dispatch(context, path);
  }

  @Override
  public void complete() {
    delegate.complete();
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return delegate.createListener(type);
  }

  @Override
  public void setTimeout(long millis) {
    delegate.setTimeout(millis);
  }

  @Override
  public long getTimeout() {
    return delegate.getTimeout();
  }

  private final class Listener implements AsyncListener {
    private final AsyncListener listener;
    private final Context registrationContext = ContextCallback.contextToPropagate(context);

    Listener(AsyncListener listener) {
      this.listener = listener;
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
      ContextCallback.runWith(registrationContext, () -> listener.onComplete(wrap(event)));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      ContextCallback.runWith(registrationContext, () -> listener.onTimeout(wrap(event)));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
      ContextCallback.runWith(registrationContext, () -> listener.onError(wrap(event)));
    }

    /** Opens no scope: the container calls it on the application's thread, in startAsync. */
    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
      listener.onStartAsync(wrap(event));
    }

    /** Replaces the event's context, through which a listener may start tasks or register again. */
    private AsyncEvent wrap(AsyncEvent event) {
      return new AsyncEvent(
          request.wrap(event.getAsyncContext()),
          event.getSuppliedRequest(),
          event.getSuppliedResponse(),
          event.getThrowable());
    }
  }
}
