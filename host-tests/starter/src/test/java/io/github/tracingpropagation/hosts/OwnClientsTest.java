// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** Clients that are beans, in the ways in which applications build them. */
@Tag("no-tracer")
class OwnClientsTest extends StarterContract {
  /** Follows redirects, which a builder decides that nobody has configured. */
  private static final String REFUSED = "ownTemplateBuilder";

  private static final List<String> CHECKS_EACH_HOP =
      List.of("okHttp", "apache", "apacheAsync", "overApache");

  @Override
  RunningApplication start(String downstream) {
    return start(downstream, List.of());
  }

  private static RunningApplication start(String downstream, List<String> properties) {
    return LocalApplication.start(
        List.of(OwnClients.class), WebApplicationType.SERVLET, downstream, properties);
  }

  @Override
  Stream<Way> ways() {
    return Stream.of(Way.PLAIN);
  }

  /** A few hundred at a time. */
  @Test
  void parallelCalls_areNotMixed() {
    List<InboundHeaders> requests = new ArrayList<>();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (String client : application().clients()) {
      for (int n = 0; n < 15; n++) {
        InboundHeaders request = InboundHeaders.next();
        requests.add(request);
        answers.add(
            application().get("/plain/" + client + "?id=" + request.id(), request.all()));
      }
    }
    answers.forEach(CompletableFuture::join);

    assertThat(requests).hasSizeGreaterThan(200);
    for (InboundHeaders request : requests) {
      assertThat(outcomes(request, request.id())).containsExactly(Outcome.OWN);
    }
  }

  /** The redirect leads to localhost. */
  @Test
  void rule8_redirect_isNotFollowed_orDecidedAnew() {
    try (RunningApplication application =
        start(downstream().uri(), List.of("tracing.propagation.forward-to=127.0.0.1"))) {
      for (String client : application.clients()) {
        InboundHeaders request = InboundHeaders.next();
        Outcome first = client.equals(REFUSED) ? Outcome.NOTHING : Outcome.OWN;

        String path = "/plain/" + client + "?id=redirect-" + request.id();
        try {
          application.get(path, request.all()).join();
        } catch (RuntimeException e) {
          // Feign fails at a redirect that it may not follow
        }

        assertThat(outcomes(request, "redirect-" + request.id()))
            .as(client)
            .containsExactly(first);
        if (client.equals(REFUSED) || CHECKS_EACH_HOP.contains(client)) {
          assertThat(outcomes(request, request.id()))
              .as(client)
              .containsExactly(Outcome.NOTHING);
        } else {
          assertThat(outcomes(request, request.id())).as(client).isEmpty();
        }
      }
    }
  }

  private List<Outcome> outcomes(InboundHeaders request, String id) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Map<String, String> call : downstream().take(id)) {
      outcomes.add(Outcome.of(request, call, List.of(), false));
    }
    return outcomes;
  }
}
