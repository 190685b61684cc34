// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSource;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.cxf.jaxrs.client.WebClient;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.glassfish.jersey.client.rx.guava.RxListenableFutureInvoker;
import org.glassfish.jersey.client.rx.guava.RxListenableFutureInvokerProvider;
import org.glassfish.jersey.client.rx.rxjava2.RxFlowableInvoker;
import org.glassfish.jersey.client.rx.rxjava2.RxFlowableInvokerProvider;
import org.jboss.resteasy.client.jaxrs.ResteasyClient;
import org.jboss.resteasy.client.jaxrs.internal.ClientConfiguration;
import org.jboss.resteasy.client.jaxrs.internal.ClientInvocation;
import org.jboss.resteasy.client.jaxrs.internal.ClientRequestContextImpl;
import org.jboss.resteasy.client.jaxrs.internal.ClientRequestHeaders;
import org.jboss.resteasy.client.jaxrs.internal.ClientResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that run on a thread where the headers of another request are current. */
@SuppressWarnings("try") // the scope is only closed
class AsyncCallsTest {
  private static final String MINE = "x-request-id: mine";
  private static final Context ANOTHERS =
      HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: another's"));

  private final Downstream ratings = Downstream.start();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    thread.shutdownNow();
    ratings.close();
  }

  /** How the headers of another request come to be current on the executor's thread. */
  enum Dirt {
    /** A faulty task has left them. */
    LEAKED,
    /** The executor was made while the other request was handled, with its context. */
    FIXED_CONTEXT;

    @SuppressWarnings("FutureReturnValueIgnored") // the executor has one thread
    ExecutorService on(ExecutorService thread) {
      if (this == FIXED_CONTEXT) {
        return ANOTHERS.wrap(thread);
      }
      thread.submit(ANOTHERS::makeCurrent);
      return thread;
    }
  }

  static Stream<Arguments> calls() {
    return Stream.of(
            RestClient.RESTEASY_APACHE,
            RestClient.RESTEASY_APACHE_ASYNC,
            RestClient.CXF_HTTP_CLIENT,
            RestClient.CXF_HTTP_URL_CONNECTION,
            RestClient.JERSEY_HTTP_URL_CONNECTION,
            RestClient.JERSEY_APACHE_5)
        .flatMap(
            rest ->
                Stream.of(InvocationStyle.ASYNC, InvocationStyle.CALLBACK, InvocationStyle.RX)
                    .flatMap(
                        way ->
                            Stream.of(Dirt.values()).map(dirt -> Arguments.of(rest, way, dirt))));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void rule11_call_forwardsHeadersOfItsCallerOrNone(RestClient rest, InvocationStyle way, Dirt dirt)
      throws Exception {
    boolean onExecutor =
        rest.name().startsWith("RESTEASY")
            || (rest.name().startsWith("CXF") && way == InvocationStyle.RX);
    try (Client client = client(rest, dirt.on(thread))) {
      assertThat(sent(MINE, () -> way.get(request(client)).get(20, TimeUnit.SECONDS)))
          .isEqualTo(onExecutor ? List.of() : List.of(MINE));
      assertThat(sent("", () -> way.get(request(client)).get(20, TimeUnit.SECONDS))).isEmpty();
    }
  }

  @Test
  void rule11_callOnAnUnknownExecutor_warnsOnce() throws Exception {
    try (Log log = Log.open();
        Client client = client(RestClient.RESTEASY_APACHE, thread)) {
      for (int i = 0; i < 2; i++) {
        sent(MINE, () -> request(client).async().get().get(20, TimeUnit.SECONDS));
      }

      assertThat(log.warnings())
          .containsExactly(
              "No tracing headers are forwarded with a Jakarta REST client: an asynchronous call runs on an"
                  + " executor that is not known to propagate the caller's OpenTelemetry Context."
                  + " Build a client of RESTEasy or CXF with"
                  + " executorService(Context.taskWrapping(executor)); with Jersey, use async() or"
                  + " rx().");
    }
  }

  @ParameterizedTest
  @EnumSource
  void rule11_jerseyWithAnInvokerOfAnotherLibrary_forwardsNothing(Dirt dirt) throws Exception {
    RestClient.JERSEY_HTTP_URL_CONNECTION.withDefaults();
    try (Client client =
        new JerseyClientBuilder()
            .executorService(dirt.on(thread))
            .register(new TracingPropagationFeature(TracingPropagation.create()))
            .register(RxListenableFutureInvokerProvider.class)
            .register(new RxFlowableInvokerProvider())
            .build()) {
      assertThat(
              sent(MINE, () -> request(client).rx(RxFlowableInvoker.class).get().blockingFirst()))
          .isEmpty();
      assertThat(sent(MINE, () -> request(client).rx(RxListenableFutureInvoker.class).get().get()))
          .isEmpty();
      assertThat(sent(MINE, () -> request(client).get())).containsExactly(MINE);
      assertThat(sent(MINE, () -> request(client).rx().get().toCompletableFuture().get()))
          .containsExactly(MINE);
    }
  }

  /** The library's class loader cannot load the engine, as on Open Liberty. */
  @ParameterizedTest
  @CsvSource({
    "RESTEASY_APACHE, org.jboss.resteasy., true",
    "CXF_HTTP_CLIENT, org.apache.cxf., true",
    "JERSEY_HTTP_URL_CONNECTION, org.glassfish.jersey., false"
  })
  void rule11_engineThatCannotBeLoaded_forwardsHeadersOfItsCallerOrNone(
      RestClient rest, String packages, boolean propagates) throws Exception {
    Feature feature = new EngineHidingClassLoader(packages).feature(TracingPropagation.create());
    ExecutorService dirty = Dirt.LEAKED.on(thread);
    try (Client client = rest.withDefaults().executorService(dirty).register(feature).build()) {
      assertThat(sent(MINE, () -> request(client).rx().get().toCompletableFuture().get()))
          .isEmpty();
      assertThat(sent(MINE, () -> request(client).get())).containsExactly(MINE);
    }
    try (Client client =
        rest.withDefaults()
            .executorService(Context.taskWrapping(dirty))
            .register(feature)
            .build()) {
      assertThat(sent(MINE, () -> request(client).rx().get().toCompletableFuture().get()))
          .isEqualTo(propagates ? List.of(MINE) : List.of());
    }
  }

  /** Connects, and connects again later, on threads of its own or of the client. */
  @ParameterizedTest
  @CsvSource({
    "RESTEASY_APACHE, org.jboss.resteasy.plugins.providers.sse.client.SseEventSourceImpl$SourceBuilder",
    "CXF_HTTP_CLIENT, org.apache.cxf.jaxrs.sse.client.SseEventSourceBuilderImpl",
    "JERSEY_HTTP_URL_CONNECTION, org.glassfish.jersey.media.sse.internal.JerseySseEventSource$Builder"
  })
  @Timeout(60)
  void rule11_eventSource_forwardsHeadersOfItsCallerOrNone(RestClient rest, Class<?> builder)
      throws Exception {
    ratings
        .server()
        .stubFor(
            any(anyUrl())
                .willReturn(ok("data: 1\n\n").withHeader("Content-Type", "text/event-stream")));
    ScheduledExecutorService threads =
        Executors.newScheduledThreadPool(4, task -> new Thread(ANOTHERS.wrap(task)));
    CountDownLatch event = new CountDownLatch(1);
    try (Client client =
        rest.withDefaults()
            .executorService(threads)
            .scheduledExecutorService(threads)
            .register(new TracingPropagationFeature(TracingPropagation.create()))
            .build()) {
      Method target = builder.getDeclaredMethod("target", WebTarget.class);
      target.setAccessible(
          true); // what SseEventSource.target() calls, of the first engine it finds
      SseEventSource source =
          ((SseEventSource.Builder)
                  target.invoke(
                      builder.getConstructor().newInstance(), client.target(ratings.uri("/"))))
              .build();
      source.register(received -> event.countDown());
      try (Scope caller = HeaderLines.captured(MINE).makeCurrent()) {
        source.open();
      }
      assertThat(event.await(20, TimeUnit.SECONDS)).isTrue();
      source.close(1, TimeUnit.SECONDS);

      assertThat(ratings.received(0))
          .isEqualTo(rest == RestClient.CXF_HTTP_CLIENT ? List.of(MINE) : List.of());
    } finally {
      threads.shutdownNow();
    }
  }

  /** A library for reactive calls, with a synchronous call in a task of its own. */
  @ParameterizedTest
  @EnumSource(names = {"RESTEASY_APACHE", "CXF_HTTP_CLIENT", "JERSEY_HTTP_URL_CONNECTION"})
  void rule11_invokerOfTheApplication_forwardsNothing(RestClient rest) throws Exception {
    rest.withDefaults();
    try (Client client =
        rest.withDefaults()
            .executorService(Dirt.LEAKED.on(thread))
            .register(new TracingPropagationFeature(TracingPropagation.create()))
            .register(FutureInvoker.Provider.class)
            .build()) {
      assertThat(sent(MINE, () -> request(client).rx(FutureInvoker.class).get().get())).isEmpty();
      assertThat(sent(MINE, () -> request(client).rx(FutureInvoker.class).delete().get()))
          .isEmpty();
      assertThat(sent(MINE, () -> request(client).get())).containsExactly(MINE);
    }
  }

  /** Unlike a client's, its executor is not known. */
  @Test
  void rule11_rxOfCxfsWebClient_forwardsNothing() throws Exception {
    RestClient.CXF_HTTP_CLIENT.withDefaults();
    ExecutorService dirty = Dirt.LEAKED.on(thread);
    List<Object> feature = List.of(new TracingPropagationFeature(TracingPropagation.create()));
    WebClient client = WebClient.create(ratings.uri("/").toString(), feature);

    for (ExecutorService executor : List.of(dirty, Context.taskWrapping(dirty))) {
      assertThat(sent(MINE, () -> client.rx(executor).get().toCompletableFuture().get())).isEmpty();
    }
    assertThat(sent(MINE, client::get)).containsExactly(MINE);
    assertThat(sent(MINE, () -> client.form(new Form("stars", "5")))).containsExactly(MINE);
    assertThat(sent(MINE, () -> client.async().get().get())).containsExactly(MINE);
  }

  /** The class of the task is the JDK's, so nothing but it is between pool and engine. */
  @ParameterizedTest
  @EnumSource(names = {"RESTEASY_APACHE", "CXF_HTTP_CLIENT"})
  void rule11_invocationAsATask_forwardsWhatContextWraps(RestClient rest) throws Exception {
    ExecutorService dirty = Dirt.LEAKED.on(thread);
    try (Client client = client(rest, dirty)) {
      Callable<Response> unwrapped = request(client).buildGet()::invoke;
      Callable<Response> wrapped = request(client).buildGet()::invoke;

      assertThat(sent(MINE, () -> dirty.submit(unwrapped).get())).isEmpty();
      assertThat(sent(MINE, () -> Context.taskWrapping(dirty).submit(wrapped).get()))
          .containsExactly(MINE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rule11_subclassOfResteasysInvocation_forwardsNothing(Dirt dirt) throws Exception {
    try (Client client = client(RestClient.RESTEASY_APACHE, dirt.on(thread))) {
      assertThat(sent(MINE, () -> new OwnInvocation(client, ratings.uri("/")).submit().get()))
          .isEmpty();
      assertThat(sent(MINE, () -> new OwnInvocation(client, ratings.uri("/")).invoke()))
          .containsExactly(MINE);
    }
    try (Client client = client(RestClient.RESTEASY_APACHE, Context.taskWrapping(thread))) {
      assertThat(sent(MINE, () -> new OwnInvocation(client, ratings.uri("/")).submit().get()))
          .containsExactly(MINE);
    }
  }

  /** Overrides what is on the stack of each call. */
  private static final class OwnInvocation extends ClientInvocation {
    OwnInvocation(Client client, URI uri) {
      super(
          (ResteasyClient) client,
          uri,
          new ClientRequestHeaders((ClientConfiguration) client.getConfiguration()),
          (ClientConfiguration) client.getConfiguration());
      setMethod("GET");
    }

    @Override
    protected ClientResponse filterRequest(ClientRequestContextImpl request) {
      return super.filterRequest(request);
    }

    @Override
    public ClientResponse invoke() {
      return super.invoke();
    }
  }

  private static Client client(RestClient rest, ExecutorService executor) {
    return rest.withDefaults()
        .executorService(executor)
        .register(new TracingPropagationFeature(TracingPropagation.create()))
        .build();
  }

  private Invocation.Builder request(Client client) {
    return client.target(ratings.uri("/")).request();
  }

  /** Returns the headers that a call sends in a request with a header, or none. */
  private List<String> sent(String line, Callable<Response> call) throws Exception {
    ratings.reset();
    Context request =
        HeaderLines.extract(
            TracingPropagation.create(), line.isEmpty() ? List.of() : List.of(line));
    try (Scope caller = request.makeCurrent()) {
      call.call().close();
    }
    return ratings.received();
  }
}
