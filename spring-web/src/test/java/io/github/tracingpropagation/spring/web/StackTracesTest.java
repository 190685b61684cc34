// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.RawHttp;
import io.opentelemetry.context.Scope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Reactor and Spring name what a chain runs through; the settings are not part of a name. */
class StackTracesTest {
  private static final String HOOK = StackTracesTest.class.getName();

  @BeforeAll
  static void debug() {
    Hooks.onOperatorDebug();
    Hooks.onLastOperator(HOOK, ChainSubscriber.binding());
  }

  @AfterAll
  static void stop() {
    Hooks.resetOnLastOperator(HOOK);
    Hooks.resetOnOperatorDebug();
  }

  @Test
  @SuppressWarnings("try") // the scope is only closed
  void failedCall_namesNoSettings() {
    TracingPropagation propagation =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    WebClient client =
        WebClientTracingPropagation.install(
                WebClient.builder()
                    .clientConnector(
                        WebClientTracingPropagation.wrapAssumingNoRedirects(
                            new ReactorClientHttpConnector(), propagation)),
                propagation)
            .build();

    Throwable error;
    try (Scope request = HeaderLines.captured("x-request-id: secret").makeCurrent()) {
      error =
          catchThrowable(
              () ->
                  client
                      .get()
                      .uri("http://127.0.0.1:1/")
                      .retrieve()
                      .toBodilessEntity()
                      .checkpoint("of the test")
                      .block());
    }

    assertThat(text(error))
        .contains("of the test")
        .doesNotContain("TracingPropagation{", "Context1{", "secret");
  }

  @Test
  void failedRequest_namesNoSettings() throws Exception {
    BlockingQueue<Throwable> errors = new ArrayBlockingQueue<>(1);
    HttpHandler handler =
        WebHttpHandlerBuilder.webHandler(
                exchange -> Mono.error(new IllegalStateException("the application's own")))
            .filter(new TracingPropagationWebFilter(TracingPropagation.create()))
            .exceptionHandler(
                (exchange, error) -> {
                  errors.add(error);
                  return Mono.error(error);
                })
            .build();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .handle(new ReactorHttpHandlerAdapter(handler))
            .bindNow();
    try {
      RawHttp.get(URI.create("http://127.0.0.1:" + server.port() + "/"), List.of());
    } finally {
      server.disposeNow(Duration.ofSeconds(60));
    }

    assertThat(text(errors.poll(60, TimeUnit.SECONDS)))
        .containsPattern(Pattern.quote(TracingPropagationWebFilter.class.getName()) + "(\\R| \\[)")
        .doesNotContain("TracingPropagation{");
  }

  @Test
  void whatSpringIsGiven_hasAShortName() {
    Forwarder forwarder = new Forwarder(TracingPropagation.create());

    assertThat(new ForwardingExchangeFilter(forwarder))
        .hasToString("ForwardingExchangeFilter[forwarder=Forwarder]");
    assertThat(new ForwardingInterceptor(forwarder))
        .hasToString("ForwardingInterceptor[forwarder=Forwarder]");
    assertThat(new RequestBinding(forwarder)).hasToString("RequestBinding[forwarder=Forwarder]");
  }

  private static String text(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
