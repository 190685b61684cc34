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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Jetty's client may send the request of one thread on another one, and complete the response
 * there: a connection that is free takes the oldest request, and whichever of a request and its
 * response ends last completes both. Listeners of Jetty hold the threads until that happens.
 */
class JettyThreadsTest {
  private static final String FIRST = "/first";
  private static final String SECOND = "/second";

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

  /** What a chain does on the thread on which its first call ends. */
  private enum Then {
    CALLS,
    BLOCKS_FOR_A_CALL
  }

  /**
   * Holds the thread that makes the first request until another one has sent it, and that one until
   * the answer has been read.
   */
  private class Holding implements Request.Listener {
    private volatile Thread reader;

    @Override
    public void onQueued(Request request) {
      if (isFirst(request)) {
        request.onResponseSuccess(
            response -> {
              reader = Thread.currentThread();
              answered.countDown();
            });
        queued.countDown();
        await(sent);
      }
    }

    @Override
    public void onSuccess(Request request) {
      if (isFirst(request)) {
        sent.countDown();
        await(answered);
        waitUntilOutsideJetty(reader);
      }
    }
  }

  /** Jetty notes that a response has ended after its listeners were told, on the same thread. */
  private static void waitUntilOutsideJetty(Thread reader) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline
        && Arrays.stream(reader.getStackTrace())
            .anyMatch(frame -> frame.getClassName().endsWith(".HttpReceiver"))) {
      Thread.onSpinWait();
    }
  }

  private static boolean isFirst(Request request) {
    return request.getPath().equals(FIRST);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void callOfAnotherRequest_onTheThreadThatSends_forwardsNothing(Then then) {
    InboundHeaders request = InboundHeaders.next();
    try (ConfigurableApplicationContext application = start("true")) {
      TracingPropagation propagation = application.getBean(TracingPropagation.class);
      Context captured =
          propagation.extract(Context.root(), request.all(), new InboundHeaders.Getter());
      try (Scope scope = captured.makeCurrent()) {
        assertThat(CapturedHeaders.current().requestId()).isEqualTo(request.requestId());
        callsOnOneThread(application, then, request.id());
      }
    }
    assertThat(downstream.take("second"))
        .singleElement()
        .satisfies(call -> assertThat(call).doesNotContainKeys("x-request-id", "x-b3-traceid"));
    assertThat(downstream.take(request.id()))
        .singleElement()
        .satisfies(call -> assertThat(call).containsEntry("x-request-id", request.requestId()));
  }

  /** The reason for {@link Tracer#mixes}. */
  @Test
  @Tag("tracer")
  void tracerWithoutUs_onTheThreadThatSends_takesTheOtherRequestsSpan() {
    try (ConfigurableApplicationContext application = start("false")) {
      Observation other =
          Observation.start("other", application.getBean(ObservationRegistry.class));
      other.scoped(() -> callsOnOneThread(application, Then.CALLS, "other"));
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
  private void callsOnOneThread(
      ConfigurableApplicationContext application, Then then, String other) {
    WebClient client =
        application
            .getBean(WebClient.Builder.class)
            .clientConnector(new JettyClientHttpConnector(jetty))
            .build();
    RestClient blocking = application.getBean(RestClient.Builder.class).build();
    String second = downstream.uri() + SECOND;
    AtomicReference<Thread> ended = new AtomicReference<>();
    Mono<String> first =
        call(client, FIRST).doOnTerminate(() -> ended.set(Thread.currentThread()));
    Mono<String> chain =
        switch (then) {
          case CALLS -> first.flatMap(answer -> call(client, SECOND));
          case BLOCKS_FOR_A_CALL ->
              first.map(answer -> blocking.get().uri(second).retrieve().body(String.class));
        };
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(chain::block);
    await(queued);
    CompletableFuture<String> own = call(client, "/" + other).toFuture();
    answer.join();
    own.join();
    assertThat(ended.get()).as("thread that ended the first call").isSameAs(Thread.currentThread());
  }

  private Mono<String> call(WebClient client, String path) {
    return client.get().uri(downstream.uri() + path).retrieve().bodyToMono(String.class);
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
}
