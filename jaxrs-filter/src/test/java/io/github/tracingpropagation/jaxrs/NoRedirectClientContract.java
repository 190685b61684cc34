// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.Quirk;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that follows no redirect if hosts are named: the application receives it. */
abstract class NoRedirectClientContract extends JakartaRestClientContract {
  private static final String WHY = "the application gets the redirect";

  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  NoRedirectClientContract(RuntimeDelegate engine, Supplier<ClientBuilder> clients) {
    super(engine, clients);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @Override
  @Quirk(WHY)
  protected void rule8_redirectToAForbiddenHostAndBack_isDecidedOnEachHop(int status)
      throws Exception {
    assertGets(status);
  }

  @Test
  @Override
  @Quirk(WHY)
  protected void rule8_redirectFromAForbiddenHost_isForwardedFromThereOn() throws Exception {
    assertGets(302);
  }

  @Test
  @Override
  @Quirk(WHY)
  protected void rule8_redirectToAnotherPort_isTheSameHost() throws Exception {
    assertGets(307);
  }

  @Test
  @Override
  @Quirk(WHY)
  protected void rule8_redirectsInACircle_end() throws Exception {
    assertGets(302);
  }

  private void assertGets(int redirect) throws Exception {
    try (Downstream ratings = Downstream.start()) {
      ratings.redirect("/1", redirect, ratings.otherHost("/2"));

      assertThat(call(TO_ADDRESS, ratings.uri("/1"), List.of())).isEqualTo(redirect);
      assertThat(ratings.hops()).containsExactly("127.0.0.1/1");
    }
  }
}
