// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.cxf.microprofile.client.CxfTypeSafeClientBuilder;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.glassfish.jersey.microprofile.restclient.JerseyRestClientBuilderResolver;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The MicroProfile REST clients that are made of the three engines. */
@SuppressWarnings("try") // the scope is only closed
class MicroProfileClientTest {
  private static final String MINE = "x-request-id: mine";
  private static final Context ANOTHERS =
      HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: another's"));

  private final Downstream ratings = Downstream.start();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /** Their builders by class: the standard finds one of them only. */
  enum Implementation {
    RESTEASY(
        ResteasyProviderFactoryImpl::new,
        org.jboss.resteasy.microprofile.client.RestClientBuilderImpl::new),
    JERSEY(
        org.glassfish.jersey.server.internal.RuntimeDelegateImpl::new,
        () -> new JerseyRestClientBuilderResolver().newBuilder()),
    CXF(org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl::new, CxfTypeSafeClientBuilder::new);

    @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
    private final Supplier<RuntimeDelegate> engine;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Supplier<RestClientBuilder> builder;

    Implementation(Supplier<RuntimeDelegate> engine, Supplier<RestClientBuilder> builder) {
      this.engine = engine;
      this.builder = builder;
    }
  }

  /** The service that is called. Public, since MicroProfile requires it. */
  @Path("/")
  public interface Ratings {
    /** Calls at once. */
    @GET
    String get();

    /** Calls on the client's executor. */
    @GET
    CompletionStage<String> async();
  }

  @AfterEach
  void stop() {
    thread.shutdownNow();
    ratings.close();
  }

  @ParameterizedTest
  @EnumSource
  void rule11_call_forwardsHeadersOfItsCaller(Implementation implementation) throws Exception {
    Ratings client = client(implementation, Context.taskWrapping(ANOTHERS.wrap(thread)));

    assertThat(sent(MINE, client::get)).containsExactly(MINE);
    assertThat(sent(MINE, () -> async(client))).containsExactly(MINE);
    assertThat(sent("", client::get)).isEmpty();
    assertThat(sent("", () -> async(client))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RESTEASY, true",
    "RESTEASY, false",
    "JERSEY, true",
    "JERSEY, false",
    "CXF, true",
    "CXF, false"
  })
  void rule11_asyncOnAThreadOfAnotherRequest_forwardsHeadersOfItsCallerOrNone(
      Implementation implementation, boolean leaked) throws Exception {
    Ratings client = client(implementation, leaked ? thread : ANOTHERS.wrap(thread));
    if (leaked) {
      thread.submit(ANOTHERS::makeCurrent).get();
    }

    assertThat(sent(MINE, () -> async(client)))
        .isEqualTo(implementation == Implementation.RESTEASY ? List.of() : List.of(MINE));
    assertThat(sent("", () -> async(client))).isEmpty();
    assertThat(sent(MINE, client::get)).containsExactly(MINE);
  }

  @Test
  void rule11_asyncOfResteasy_warns() throws Exception {
    try (Log log = Log.open()) {
      Ratings client = client(Implementation.RESTEASY, thread);
      sent(MINE, () -> async(client));

      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("asynchronous call", "executorService(Context.taskWrapping(executor))");
    }
  }

  @ParameterizedTest
  @EnumSource
  void rule8_hostsAreNamed_onlyTheyReceive(Implementation implementation) throws Exception {
    TracingPropagation toAddress =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

    for (Ratings client :
        List.of(
            client(implementation, ratings.uri("/"), Context.taskWrapping(thread), toAddress),
            client(
                implementation, ratings.otherHost("/"), Context.taskWrapping(thread), toAddress))) {
      assertThat(sent(MINE, client::get)).isEqualTo(expected());
      assertThat(sent(MINE, () -> async(client))).isEqualTo(expected());
    }
  }

  private List<String> expected() {
    return ratings.hops().get(0).startsWith("127.0.0.1") ? List.of(MINE) : List.of();
  }

  private static String async(Ratings client) throws Exception {
    return client.async().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Ratings client(Implementation implementation, ExecutorService executor) {
    return client(implementation, ratings.uri("/"), executor, TracingPropagation.create());
  }

  private static Ratings client(
      Implementation implementation,
      URI uri,
      ExecutorService executor,
      TracingPropagation propagation) {
    RuntimeDelegate.setInstance(implementation.engine.get());
    return implementation
        .builder
        .get()
        .baseUri(uri)
        .executorService(executor)
        .register(new TracingPropagationFeature(propagation))
        .build(Ratings.class);
  }

  /** Returns the headers that a call sends in a request with a header, or none. */
  private List<String> sent(String line, Callable<String> call) throws Exception {
    ratings.reset();
    Context request =
        HeaderLines.extract(
            TracingPropagation.create(), line.isEmpty() ? List.of() : List.of(line));
    try (Scope caller = request.makeCurrent()) {
      call.call();
    }
    return ratings.received();
  }
}
