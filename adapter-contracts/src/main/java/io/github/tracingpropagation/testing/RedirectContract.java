// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of an outbound adapter that checks the host of each redirect. */
@SuppressWarnings("try") // a scope is only there to be closed
public abstract non-sealed class RedirectContract extends OutboundContract {
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @DisplayName("redirect to a foreign host and back")
  void rule8_redirectToAForbiddenHostAndBack_isDecidedOnEachHop(int status) throws Exception {
    ratings.redirect("/1", status, ratings.uri("/2"));
    ratings.redirect("/2", status, ratings.otherHost("/3"));
    ratings.redirect("/3", status, ratings.uri("/4"));
    List<String> lines = List.of(B3.get(0), "x-b3-sampled: 1", "authorization: Bearer abc");

    try (Scope scope = HeaderLines.extract(TO_ADDRESS, lines).makeCurrent()) {
      assertThat(call(TO_ADDRESS, ratings.uri("/1"), List.of("end-user: jason"))).isEqualTo(200);
    }

    assertThat(ratings.hops())
        .containsExactly("127.0.0.1/1", "127.0.0.1/2", "localhost/3", "127.0.0.1/4");
    List<String> all = new ArrayList<>(lines);
    all.add("end-user: jason");
    assertThat(ratings.received(0)).isEqualTo(all);
    assertThat(ratings.received(1)).isEqualTo(all);
    assertThat(ratings.received(2)).containsExactly("end-user: jason");
    assertThat(ratings.received(3)).isEqualTo(all);
  }

  @Test
  @DisplayName("redirect from a foreign host")
  void rule8_redirectFromAForbiddenHost_isForwardedFromThereOn() throws Exception {
    ratings.redirect("/1", 302, ratings.uri("/2"));

    try (Scope scope = HeaderLines.extract(TO_ADDRESS, B3).makeCurrent()) {
      assertThat(call(TO_ADDRESS, ratings.otherHost("/1"), List.of())).isEqualTo(200);
    }

    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).isEqualTo(B3);
  }

  @Test
  @DisplayName("redirect to another port")
  void rule8_redirectToAnotherPort_isTheSameHost() throws Exception {
    try (Downstream other = Downstream.start();
        Scope scope = HeaderLines.extract(TO_ADDRESS, B3).makeCurrent()) {
      ratings.redirect("/1", 307, other.uri("/2"));

      assertThat(call(TO_ADDRESS, ratings.uri("/1"), List.of())).isEqualTo(200);
      assertThat(other.received()).isEqualTo(B3);
    }
  }

  @Test
  @DisplayName("redirects in a circle")
  void rule8_redirectsInACircle_end() throws Exception {
    ratings.redirect("/1", 302, ratings.uri("/1"));

    try (Scope scope = HeaderLines.extract(TO_ADDRESS, B3).makeCurrent()) {
      call(TO_ADDRESS, ratings.uri("/1"), List.of());
    } catch (IOException | RuntimeException e) {
      assertThat(e).hasMessageMatching(".*(redirect|follow-up).*"); // the message of the client
    }

    assertThat(ratings.hops()).hasSize(mostHops());
  }

  /** Returns after how many requests the client gives up. */
  protected int mostHops() {
    return 21;
  }
}
