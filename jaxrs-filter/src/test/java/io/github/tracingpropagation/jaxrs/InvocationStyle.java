// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.InvocationCallback;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** The ways in which Jakarta REST can make a GET. */
enum InvocationStyle {
  SYNC {
    @Override
    Future<Response> get(Invocation.Builder request) {
      return CompletableFuture.completedFuture(request.get());
    }
  },
  ASYNC {
    @Override
    Future<Response> get(Invocation.Builder request) {
      return request.async().get();
    }
  },
  CALLBACK {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback receives the result
    Future<Response> get(Invocation.Builder request) {
      CompletableFuture<Response> called = new CompletableFuture<>();
      request.async().get(new Callback(called));
      return called;
    }
  },
  RX {
    @Override
    Future<Response> get(Invocation.Builder request) {
      return request.rx().get().toCompletableFuture();
    }
  };

  abstract Future<Response> get(Invocation.Builder request);

  private record Callback(CompletableFuture<Response> called)
      implements InvocationCallback<Response> {
    @Override
    public void completed(Response response) {
      called.complete(response);
    }

    @Override
    public void failed(Throwable failure) {
      called.completeExceptionally(failure);
    }
  }
}
