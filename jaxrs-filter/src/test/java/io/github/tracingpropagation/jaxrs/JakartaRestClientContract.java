// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.NoRedirectContract;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the feature with every Jakarta REST client. */
@SuppressWarnings("try") // the scope is only closed
abstract class JakartaRestClientContract extends NoRedirectContract {
  private static final List<String> MINE = List.of("x-request-id: mine", "x-b3-sampled: 1");
  private static final List<String> ANOTHERS = List.of("x-request-id: another's");

  private final RuntimeDelegate engine;
  private final Supplier<ClientBuilder> clients;
  private final Downstream ratings = Downstream.start();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  JakartaRestClientContract(RuntimeDelegate engine, Supplier<ClientBuilder> clients) {
    this.engine = engine;
    this.clients = clients;
  }

  @BeforeAll
  void chooseEngine() {
    RuntimeDelegate.setInstance(engine);
  }

  @AfterAll
  void stopThreads() {
    threads.shutdownNow();
    ratings.close();
  }

  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) {
    try (Client client =
        clients.get().register(new TracingPropagationFeature(propagation)).build()) {
      Invocation.Builder request = client.target(uri).request();
      lines.forEach(line -> request.header(HeaderLines.name(line), HeaderLines.value(line)));
      try (Response response = request.get()) {
        return response.getStatus();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("sync, async(), callback, rx()")
  void rule11_call_forwardsHeadersOfItsCaller(InvocationStyle way) throws Exception {
    try (Client client = clientOnThreadsOfAnotherRequest()) {
      Invocation.Builder request = client.target(ratings.uri("/ratings/0")).request();
      for (List<String> lines : List.of(MINE, List.<String>of(), List.of(MINE.get(0)))) {
        ratings.reset();
        Future<Response> call;
        try (Scope caller = captured(lines).makeCurrent()) {
          call = way.get(request);
        }
        call.get(20, TimeUnit.SECONDS).close();

        assertThat(ratings.received()).isEqualTo(lines);
      }
    }
  }

  /** Returns a client on whose threads the headers of another request are current. */
  private Client clientOnThreadsOfAnotherRequest() {
    Context anothers = captured(ANOTHERS);
    return clients
        .get()
        .executorService(executor(anothers.wrap(threads)))
        .register(new TracingPropagationFeature(TracingPropagation.create()))
        .build();
  }

  /** Returns the executor to configure the client with. */
  ExecutorService executor(ExecutorService threads) {
    return threads;
  }

  private static Context captured(List<String> lines) {
    return HeaderLines.extract(TracingPropagation.create(), lines);
  }
}
