// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Invocation;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.spi.ResteasyProviderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Asynchronous calls of RESTEasy's client on an executor that does not propagate the context. */
@SuppressWarnings("try") // the scope is only closed
class ResteasyAsyncClientTest {
  private static final String MINE = "x-request-id: mine";

  private final Downstream ratings = Downstream.start();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    thread.shutdownNow();
    ratings.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"ASYNC", "CALLBACK", "RX"})
  void executorThreadWithLeakedContext_forwardsNothing(InvocationStyle way) throws Exception {
    thread.submit(ResteasyAsyncClientTest::leakHeadersOfAnotherRequest).get();
    try (Client client = client();
        Scope caller = HeaderLines.captured(MINE).makeCurrent()) {
      way.get(client.target(ratings.uri("/")).request()).get(20, TimeUnit.SECONDS).close();

      assertThat(ratings.received()).isEmpty();
    }
  }

  @Test
  void invocationExecutedAgain_forwardsNothing() throws Exception {
    try (Client client = client();
        Scope caller = HeaderLines.captured(MINE).makeCurrent()) {
      Invocation invocation = client.target(ratings.uri("/")).request().buildGet();
      invocation.submit().get(20, TimeUnit.SECONDS).close();
      ratings.reset();
      invocation.invoke().close();

      assertThat(ratings.received()).isEmpty();
    }
  }

  /** The context class loader can load the library, but not RESTEasy. */
  @Test
  void resteasyNotLoadable_asynchronousCallWorks() throws Exception {
    ResteasyProviderFactory.getInstance(); // made once in a JVM, by the context class loader
    EngineHidingClassLoader library = new EngineHidingClassLoader("org.jboss.resteasy.");
    Thread.currentThread().setContextClassLoader(library);
    try (Client client = new ResteasyClientBuilderImpl().executorService(thread).build()) {
      var response = client.target(ratings.uri("/")).request().async().get();

      assertThat(response.get(20, TimeUnit.SECONDS).getStatus()).isEqualTo(200);
    } finally {
      Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    }
  }

  private Client client() {
    return new ResteasyClientBuilderImpl()
        .executorService(thread)
        .register(new TracingPropagationFeature(TracingPropagation.create()))
        .build();
  }

  @SuppressWarnings("MustBeClosedChecker") // the leak of a faulty task
  private static void leakHeadersOfAnotherRequest() {
    HeaderLines.captured("x-request-id: another's").makeCurrent();
  }
}
