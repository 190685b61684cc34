// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicronautTest extends FrameworkContract {
  /** Closed after all tests: a context that is closed removes its hooks of Reactor for all. */
  private final List<ApplicationContext> contexts = new ArrayList<>();

  @Override
  URI start() {
    return started(TO_ADDRESS, false);
  }

  private URI started(TracingPropagation propagation, boolean follows) {
    ApplicationContext context = context(propagation, follows);
    contexts.add(context);
    return context.getBean(EmbeddedServer.class).start().getURI();
  }

  private ApplicationContext context(TracingPropagation propagation, boolean follows) {
    return ApplicationContext.builder()
        .properties(
            Map.of(
                "micronaut.server.host", "127.0.0.1",
                "micronaut.server.port", "-1",
                "micronaut.http.client.follow-redirects", follows))
        .singletons(propagation, ratings.uri(), new Parked(waiting))
        .start();
  }

  @Override
  void stop() {
    contexts.forEach(ApplicationContext::close);
  }

  @Override
  List<String> paths() {
    return List.of("/calls", "/delay", "/future", "/blocking");
  }

  @Override
  String away() {
    return "302http://localhost:"
        + ratings.uri().getPort()
        + "/id"; // the application receives the redirect
  }

  @Test
  void ownThread_forwardsNothing() throws Exception {
    assertThat(get("/own-thread", "mine")).isEqualTo(NONE);
  }

  /** Why the page warns. */
  @ParameterizedTest
  @ValueSource(strings = {"/parked", "/parked-cached"})
  void chainThatAnotherRequestCompletes_forwardsTheOthers(String path) throws Exception {
    assertThat(completedByAnother(path, "mine", "another's")).isEqualTo("another's");
  }

  /** Why {@code ForwardingFilter} asks whether a client follows. */
  @Test
  void redirectThatIsFollowed_takesTheHeadersAlong() throws Exception {
    URI follows = started(TracingPropagation.create(), true);

    assertThat(get(follows.resolve("/away"), "mine")).isEqualTo("200mine");
  }

  @Test
  void rule8_clientThatFollows_forwardsNothing() throws Exception {
    URI follows = started(TO_ADDRESS, true);

    assertThat(get(follows.resolve("/calls"), "mine")).isEqualTo("none,none");
  }

  @Test
  void docs() throws Exception {
    Docs.assertShows("micronaut inbound", CapturingFilter.class);
    Docs.assertShows("micronaut outbound", ForwardingFilter.class);
    Docs.assertShows("micronaut own context", Reviews.class);
  }

  @Test
  void rule11_functionOfTheOwnContext_forwardsItsOwn() throws Exception {
    assertThat(completedByAnother("/parked-own", "mine", "another's")).isEqualTo("mine");
    assertThat(completedByAnother("/parked-own", NONE, "another's")).isEqualTo(NONE);
  }
}
