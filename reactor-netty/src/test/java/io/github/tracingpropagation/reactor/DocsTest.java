// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

@SuppressWarnings("try") // the scope is only there to be closed
class DocsTest {
  @Test
  void reactorNetty() throws Exception {
    try (Downstream ratings = Downstream.start();
        Scope scope = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
      ratings.server().stubFor(WireMock.get("/0").willReturn(WireMock.ok("five stars")));

      assertThat(ratings(ratings.uri("/0")).block(Duration.ofSeconds(60))).isEqualTo("five stars");
      assertThat(ratings.received(0)).containsExactly("x-request-id: abc");
      assertThat(ratings.received(1)).containsExactly("x-request-id: abc");
    }
    Docs.assertShows("reactor netty", DocsTest.class);
  }

  private static Mono<String> ratings(URI uri) {
    // docs: reactor netty
    HttpClient client = ReactorNettyTracingPropagation.install(HttpClient.create()); // once

    Mono<String> call = client.get().uri(uri).responseContent().aggregate().asString();
    Mono<String> ratings =
        call.flatMap(first -> call) // a later call has only what the chain's context has
            .contextWrite(chain -> chain.put(CapturedHeaders.class, CapturedHeaders.current()));
    // docs: end
    return ratings;
  }
}
