// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.InboundContract;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A chain that goes on to a pool of workers, where it finds the headers in Reactor's context. */
@DisplayName("WebFlux")
class WebFilterTest extends InboundContract {

  @Override
  protected Server start(TracingPropagation propagation, Answers answers, int workers) {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    Scheduler scheduler = Schedulers.fromExecutor(pool);
    WebHandler application =
        exchange -> {
          String path = exchange.getRequest().getPath().value();
          Mono<String> answer = Mono.just(path).publishOn(scheduler);
          return write(
              exchange.getResponse(),
              path.equals("/context") ? inContext(answer, answers) : restored(answer, answers));
        };
    HttpHandler handler =
        WebHttpHandlerBuilder.webHandler(application)
            .filter(new TracingPropagationWebFilter(propagation))
            .build();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .handle(new ReactorHttpHandlerAdapter(handler))
            .bindNow();
    return new Server(
        URI.create("http://127.0.0.1:" + server.port() + "/"),
        pool,
        () -> {
          server.disposeNow(Duration.ofSeconds(60));
          pool.shutdown();
        });
  }

  @Override
  protected List<String> paths() {
    return List.of("/forward", "/context");
  }

  /** Reactor restores what its context has, by Micrometer's context propagation. */
  private static Mono<String> restored(Mono<String> path, Answers answers) {
    return path.handle(
        (value, sink) -> {
          try {
            sink.next(answers.answer(value));
          } catch (Exception e) {
            sink.error(e);
          }
        });
  }

  @SuppressWarnings("try") // the scope is only closed
  private static Mono<String> inContext(Mono<String> path, Answers answers) {
    return path.flatMap(
        value ->
            Mono.deferContextual(
                view -> {
                  try (Scope scope =
                      view.<CapturedHeaders>get(CapturedHeaders.class).makeCurrent()) {
                    return Mono.just(answers.answer(value));
                  } catch (Exception e) {
                    return Mono.error(e);
                  }
                }));
  }

  private static Mono<Void> write(ServerHttpResponse response, Mono<String> body) {
    return response.writeWith(
        body.map(
            text -> {
              DataBuffer buffer = response.bufferFactory().allocateBuffer(text.length());
              return buffer.write(text.getBytes(StandardCharsets.UTF_8));
            }));
  }
}
