// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rule 8: each attempt of a call goes to the host that was checked, and has each header once. */
@SuppressWarnings("try") // a scope is only there to be closed
class GrpcRetriesTest {
  private static final TracingPropagation PROPAGATION =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void rule8_retries_haveEachHeaderOnce() throws Exception {
    Map<String, ?> retries =
        Map.of(
            "maxAttempts",
            4.0,
            "initialBackoff",
            "0.01s",
            "maxBackoff",
            "0.01s",
            "backoffMultiplier",
            1.0,
            "retryableStatusCodes",
            List.of("UNAVAILABLE"));

    List<Metadata> received = attempts("retryPolicy", retries, request -> failTwice());

    assertEachHasTheHeadersOnce(received);
    assertThat(received)
        .extracting(attempt -> TestServer.values(attempt, "grpc-previous-rpc-attempts"))
        .containsExactly(List.of(), List.of("1"), List.of("2"));
  }

  @Test
  void rule8_hedges_haveEachHeaderOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(3);
    Map<String, ?> hedges =
        Map.of(
            "maxAttempts",
            3.0,
            "hedgingDelay",
            "0.01s",
            "nonFatalStatusCodes",
            List.of("UNAVAILABLE"));

    List<Metadata> received =
        attempts(
            "hedgingPolicy",
            hedges,
            request -> {
              all.countDown();
              Calls.await(all);
              return "";
            });

    assertEachHasTheHeadersOnce(received);
  }

  private List<Metadata> attempts(
      String policy, Map<String, ?> settings, UnaryOperator<String> answer) throws Exception {
    Map<String, ?> config =
        Map.of(
            "methodConfig",
            List.of(Map.of("name", List.of(Map.of("service", "ratings")), policy, settings)));
    try (TestServer ratings =
            TestServer.start(
                Transport.NETTY, Transport.NETTY.server().addService(Calls.service(answer)));
        Scope scope = Calls.request("x-request-id: a", "x-b3-sampled: 1").makeCurrent()) {
      Calls.call(
          ratings.build(
              GrpcTracingPropagation.install(ratings.channel(), PROPAGATION)
                  .defaultServiceConfig(config)
                  .enableRetry()));
      return List.copyOf(ratings.received());
    }
  }

  private String failTwice() {
    if (attempts.incrementAndGet() < 3) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    return "";
  }

  private static void assertEachHasTheHeadersOnce(List<Metadata> received) {
    assertThat(received)
        .hasSize(3)
        .allSatisfy(
            attempt -> {
              assertThat(TestServer.values(attempt, "x-request-id")).containsExactly("a");
              assertThat(TestServer.values(attempt, "x-b3-sampled")).containsExactly("1");
            });
  }
}
