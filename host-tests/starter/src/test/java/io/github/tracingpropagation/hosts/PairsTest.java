// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A call of one request on the thread of another one, of which every second has no headers. Without
 * a tracer, which may take the span of the other request there.
 */
@Tag("no-tracer")
class PairsTest extends ServletTest {
  @Override
  Stream<Way> ways() {
    return Way.PAIRS.stream();
  }

  @Test
  void consumerThatAnotherRequestRuns_forwardsNothing() {
    for (String client : List.of("rest-client", "rest-template", "feign")) {
      List<InboundHeaders> requests = List.of(InboundHeaders.next(), InboundHeaders.next());
      requests.stream()
          .map(one -> application().get(path(client, one), one.all()))
          .toList()
          .forEach(CompletableFuture::join);
      assertThat(requests)
          .as(client)
          .extracting(one -> Outcome.of(one, downstream().take(one.id()).get(0), List.of(), false))
          .containsExactlyInAnyOrder(Outcome.NOTHING, Outcome.OWN);
    }
  }

  private static String path(String client, InboundHeaders request) {
    return "/pair-subscribe/" + client + "?id=" + request.id();
  }
}
