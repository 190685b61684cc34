// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Calls while the response is written, or after the handler's method has returned. */
@RestController
class StreamingController {
  private final Clients clients;
  private final AsyncTaskExecutor executor;

  StreamingController(
      Clients clients, @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
    this.clients = clients;
    this.executor = executor;
  }

  @GetMapping("/streaming/{client}")
  StreamingResponseBody streaming(
      @PathVariable("client") String client, @RequestParam("id") String id) {
    return out -> out.write(clients.call(client, id).getBytes(StandardCharsets.UTF_8));
  }

  @GetMapping("/sse/{client}")
  SseEmitter sse(@PathVariable("client") String client, @RequestParam("id") String id) {
    SseEmitter emitter = new SseEmitter();
    executor.execute(
        () -> {
          try {
            emitter.send(clients.call(client, id));
            emitter.complete();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return emitter;
  }

  @GetMapping("/deferred/{client}")
  DeferredResult<String> deferred(
      @PathVariable("client") String client, @RequestParam("id") String id) {
    DeferredResult<String> result = new DeferredResult<>();
    executor.execute(() -> result.setResult(clients.call(client, id)));
    return result;
  }

  @GetMapping("/deferred-timeout/{client}")
  DeferredResult<String> timeout(
      @PathVariable("client") String client, @RequestParam("id") String id) {
    DeferredResult<String> result = new DeferredResult<>(1L);
    result.onTimeout(() -> result.setResult(clients.call(client, id)));
    return result;
  }

  @GetMapping("/async-context/{client}")
  void asyncContext(
      @PathVariable("client") String client,
      @RequestParam("id") String id,
      HttpServletRequest request,
      HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    async.start(
        () -> {
          try {
            response.getWriter().print(clients.call(client, id));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            async.complete();
          }
        });
  }

  @GetMapping("/error-dispatch/{client}")
  void error(
      @PathVariable("client") String client,
      @RequestParam("id") String id,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    request.setAttribute("call", (Runnable) () -> clients.call(client, id));
    response.sendError(HttpServletResponse.SC_CONFLICT);
  }
}
