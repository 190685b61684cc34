// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.netty.channel.nio.NioEventLoopGroup;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.ResponseSpec;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The thread of a {@code WebClient} has headers of another request, as a fault would leave them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("deprecation") // NioEventLoopGroup, which Netty 4.1 has, too
class WebClientThreadsTest {
  private static final String HOOK = WebClientThreadsTest.class.getName();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Downstream downstream = Downstream.start();
  private final NioEventLoopGroup thread =
      new NioEventLoopGroup(1, (ThreadFactory) WebClientThreadsTest::threadOfAnotherRequest);
  private final ConnectionProvider connections = ConnectionProvider.create("two", 2);
  private final WebClient client =
      WebClientTracingPropagation.install(
              WebClient.builder()
                  .clientConnector(
                      new ReactorClientHttpConnector(HttpClient.create(connections).runOn(thread))),
              TracingPropagation.create())
          .build();
  private final RestClient blocking =
      RestClientTracingPropagation.install(
              RestClient.builder().requestFactory(new SimpleClientHttpRequestFactory()),
              TracingPropagation.create())
          .build();

  @SuppressWarnings("try") // the scope is only closed
  private static Thread threadOfAnotherRequest(Runnable task) {
    return new Thread(
        () -> {
          try (Scope leaked = HeaderLines.captured("x-request-id: another's").makeCurrent()) {
            task.run();
          }
        });
  }

  @BeforeAll
  void bindChains() {
    Hooks.onLastOperator(HOOK, ChainSubscriber.binding());
  }

  @AfterAll
  void stop() {
    Hooks.resetOnLastOperator(HOOK);
    connections.dispose();
    thread.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    downstream.close();
  }

  @BeforeEach
  void forgetRequests() {
    downstream.reset();
  }

  /**
   * A signal of a first call, on which a chain makes a second one: by {@code WebClient}, which has
   * the headers of the chain, or by a blocking client, which cannot see them.
   */
  private enum Signal {
    RESPONSE {
      @Override
      Mono<?> chain(WebClientThreadsTest test) {
        return test.client
            .get()
            .uri(test.downstream.uri("/first"))
            .exchangeToMono(response -> test.second());
      }
    },
    BODY {
      @Override
      Mono<?> chain(WebClientThreadsTest test) {
        return test.first().bodyToMono(String.class).flatMap(body -> test.second());
      }
    },
    PART_OF_THE_BODY {
      @Override
      Mono<?> chain(WebClientThreadsTest test) {
        return test.first()
            .bodyToFlux(DataBuffer.class)
            .doOnNext(DataBufferUtils::release)
            .map(part -> test.blockingSecond())
            .then();
      }
    },
    END_OF_THE_BODY {
      @Override
      Mono<?> chain(WebClientThreadsTest test) {
        return test.first().toBodilessEntity().map(response -> test.blockingSecond());
      }
    },
    ERROR {
      @Override
      Mono<?> chain(WebClientThreadsTest test) {
        return test.first().toBodilessEntity().onErrorResume(closed -> test.second());
      }
    };

    abstract Mono<?> chain(WebClientThreadsTest test);
  }

  private ResponseSpec first() {
    return client.get().uri(downstream.uri("/first")).retrieve();
  }

  private Mono<ResponseEntity<Void>> second() {
    return client.get().uri(downstream.uri("/second")).retrieve().toBodilessEntity();
  }

  private ResponseEntity<Void> blockingSecond() {
    return blocking.get().uri(downstream.uri("/blocking")).retrieve().toBodilessEntity();
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("try") // the scope is only closed
  void rule11_callOnASignal_forwardsWhatItsChainHas(Signal signal) {
    downstream
        .server()
        .stubFor(
            any(urlEqualTo("/first"))
                .willReturn(
                    signal == Signal.ERROR
                        ? aResponse().withFault(Fault.EMPTY_RESPONSE)
                        : ok("body")));
    try (Scope request = HeaderLines.captured("x-request-id: mine").makeCurrent()) {
      for (int time = 0; time < 3; time++) { // with two connections: none is kept
        signal.chain(this).block(LIMIT);
      }
    }
    List<String> hops = downstream.hops();
    assertThat(hops)
        .contains("127.0.0.1/first")
        .containsAnyOf("127.0.0.1/second", "127.0.0.1/blocking");
    for (int n = 0; n < hops.size(); n++) {
      boolean blocks = hops.get(n).endsWith("/blocking");
      assertThat(downstream.received(n))
          .as(hops.get(n))
          .isEqualTo(blocks ? List.of() : List.of("x-request-id: mine"));
    }
  }
}
