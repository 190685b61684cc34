// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Jetty's client may send the request of one thread on another one, and complete the response
 * there: a connection that is free takes the oldest request, and whichever of a request and its
 * response ends last completes both. Listeners of Jetty hold the threads until that happens.
 */
class JettyThreadsTest {
  private final Recorder downstream = new Recorder();
  private final HttpClient jetty = new HttpClient();
  private final CountDownLatch queued = new CountDownLatch(1);
  private final CountDownLatch sent = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  @EnableAutoConfiguration
  static class Application {}

  JettyThreadsTest() throws Exception {}

  @BeforeEach
  void start() throws Exception {
    jetty.setMaxConnectionsPerDestination(1);
    jetty.getRequestListeners().addListener(new Holding());
    jetty.start();
    jetty.GET(downstream.uri() + "/connects");
  }

  @AfterEach
  void stop() throws Exception {
    jetty.stop();
    downstream.close();
  }

  /** Holds the request {@code /first} of one thread until another thread has sent it, and that one until it is answered. */
  private class Holding implements Request.Listener {
    @Override
    public void onQueued(Request request) {
      if (isFirst(request)) {
        request.onResponseSuccess(response -> answered.countDown());
        queued.countDown();
        await(sent);
      }
    }

    @Override
    public void onSuccess(Request request) {
      if (isFirst(request)) {
        sent.countDown();
        await(answered);
      }
    }
  }

  private static boolean isFirst(Request request) {
    return request.getPath().equals("/first");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void callOfAnotherRequest_onTheThreadThatSends_forwardsNothing() {
    InboundHeaders request = InboundHeaders.next();
    try (ConfigurableApplicationContext application = start("true")) {
      TracingPropagation propagation = application.getBean(TracingPropagation.class);
      try (Scope scope =
          propagation.extract(Context.root(), request.all(), new Getter()).makeCurrent()) {
        assertThat(CapturedHeaders.current().requestId()).isEqualTo(request.requestId());
        callsOnOneThread(application, request.id());
      }
    }
    assertThat(downstream.take("second"))
        .singleElement()
        .satisfies(call -> assertThat(call).doesNotContainKeys("x-request-id", "x-b3-traceid"));
    assertThat(downstream.take(request.id()))
        .singleElement()
        .satisfies(call -> assertThat(call).containsEntry("x-request-id", request.requestId()));
  }

  /** The reason why {@link LeftoversTest} does not judge a tracer's header there. */
  @Test
  @Tag("tracer")
  void tracerWithoutUs_onTheThreadThatSends_takesTheOtherRequestsSpan() {
    try (ConfigurableApplicationContext application = start("false")) {
      Observation other =
          Observation.start("other", application.getBean(ObservationRegistry.class));
      other.scoped(() -> callsOnOneThread(application, "other"));
      other.stop();
    }
    assertThat(trace("second")).isEqualTo(trace("other"));
  }

  private String trace(String id) {
    List<Map<String, String>> calls = downstream.take(id);
    assertThat(calls).hasSize(1);
    return calls.get(0).get("traceparent").substring(3, 35);
  }

  /** This thread calls {@code other} while another one is about to call, then to call again. */
  private void callsOnOneThread(ConfigurableApplicationContext application, String other) {
    WebClient client =
        application
            .getBean(WebClient.Builder.class)
            .clientConnector(new JettyClientHttpConnector(jetty))
            .build();
    CompletableFuture<String> chain =
        CompletableFuture.supplyAsync(
            () -> call(client, "first").flatMap(answer -> call(client, "second")).block());
    await(queued);
    CompletableFuture<String> own = call(client, other).toFuture();
    chain.join();
    own.join();
  }

  private Mono<String> call(WebClient client, String id) {
    return client.get().uri(downstream.uri() + "/" + id).retrieve().bodyToMono(String.class);
  }

  private static ConfigurableApplicationContext start(String enabled) {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .properties(
            "spring.main.banner-mode=off",
            "management.tracing.sampling.probability=1.0",
            "tracing.propagation.enabled=" + enabled)
        .run();
  }

  private record Getter() implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public String get(Map<String, String> carrier, String key) {
      return carrier.get(key);
    }
  }
}
