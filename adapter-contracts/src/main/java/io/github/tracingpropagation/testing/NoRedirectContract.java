// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of an outbound adapter whose client follows no redirect once hosts are named: the
 * application receives the redirect, and nothing is sent to its location.
 */
@SuppressWarnings("try") // a scope is only there to be closed
public abstract non-sealed class NoRedirectContract extends OutboundContract {
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @DisplayName("redirect to a foreign host: the application receives it")
  void rule8_redirectToAForbiddenHost_isReturned(int status) throws Exception {
    assertReturned(ratings.uri("/1"), status, ratings.otherHost("/2"));
    assertThat(ratings.received()).isEqualTo(B3);
  }

  @Test
  @DisplayName("redirect from a foreign host: the application receives it")
  void rule8_redirectFromAForbiddenHost_isReturned() throws Exception {
    assertReturned(ratings.otherHost("/1"), 302, ratings.uri("/2"));
    assertThat(ratings.received()).isEmpty();
  }

  @Test
  @DisplayName("redirect to the same host: the application receives it")
  void rule8_redirectToTheSameHost_isReturned() throws Exception {
    assertReturned(ratings.uri("/1"), 307, ratings.uri("/2"));
    assertThat(ratings.received()).isEqualTo(B3);
  }

  private void assertReturned(URI from, int status, URI location) throws Exception {
    ratings.redirect(from.getPath(), status, location);

    try (Scope scope = HeaderLines.extract(TO_ADDRESS, B3).makeCurrent()) {
      assertThat(call(TO_ADDRESS, from, List.of())).isEqualTo(status);
    }

    assertThat(ratings.hops()).containsExactly(from.getHost() + from.getPath());
  }
}
