// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.spring;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;

/** Calls downstream on the request's thread, or on another one by each of Spring's async types. */
@RestController
class CallingController {
  private final Calls calls;
  private final AsyncTaskExecutor executor;

  CallingController(Calls calls, @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
    this.calls = calls;
    this.executor = executor;
  }

  @GetMapping("/{client}/sync")
  String sync(@PathVariable("client") String client, int n) {
    return calls.downstream(client, n);
  }

  @GetMapping("/{client}/async")
  Object async(@PathVariable("client") String client, int n) {
    Callable<String> call = () -> calls.downstream(client, n);
    return switch (n % 4) {
      case 0 -> call;
      case 1 -> new WebAsyncTask<>(call);
      case 2 -> executor.submitCompletable(call);
      default -> deferred(client, n);
    };
  }

  private DeferredResult<String> deferred(String client, int n) {
    DeferredResult<String> result = new DeferredResult<>();
    CompletableFuture.supplyAsync(() -> calls.downstream(client, n), executor)
        .whenComplete(
            (body, fault) -> {
              if (fault == null) {
                result.setResult(body);
              } else {
                result.setErrorResult(fault);
              }
            });
    return result;
  }
}
