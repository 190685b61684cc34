// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.RxInvokerProvider;
import jakarta.ws.rs.client.SyncInvoker;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.glassfish.jersey.client.AbstractRxInvoker;

/** An invoker as of a library: makes synchronous calls in a lambda, or in a class of its own. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class FutureInvoker extends AbstractRxInvoker<Future> {
  FutureInvoker(SyncInvoker calls, ExecutorService executor) {
    super(calls, executor);
  }

  @Override
  public Future<Response> get() {
    return getExecutorService().submit(() -> getSyncInvoker().get());
  }

  @Override
  public Future<Response> delete() {
    return getExecutorService()
        .submit(
            new Callable<Response>() {
              @Override
              public Response call() {
                return getSyncInvoker().delete();
              }
            });
  }

  @Override
  public <R> Future<R> method(String name, Entity<?> entity, Class<R> type) {
    throw new UnsupportedOperationException("no test calls it");
  }

  @Override
  public <R> Future<R> method(String name, Entity<?> entity, GenericType<R> type) {
    throw new UnsupportedOperationException("no test calls it");
  }

  /** Makes the invokers. */
  public static final class Provider implements RxInvokerProvider<FutureInvoker> {
    @Override
    public boolean isProviderFor(Class<?> type) {
      return type == FutureInvoker.class;
    }

    @Override
    public FutureInvoker getRxInvoker(SyncInvoker calls, ExecutorService executor) {
      return new FutureInvoker(calls, executor);
    }
  }
}
