// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCheck;
import io.github.tracingpropagation.check.Provider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviews, checked from outside as any service can be. */
class CheckedReviewsTest {
  private static final String RATINGS = "{\"id\":0,\"ratings\":{\"Reviewer1\":5,\"Reviewer2\":4}}";

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "jaxrs"})
  void reviews_keepsEveryRule(String client) throws Exception {
    try (PropagationCheck check =
            PropagationCheck.builder()
                .providers(Provider.values())
                .answer(200, "application/json", RATINGS)
                .foreignHost()
                .start();
        Service reviews = start(check, client)) {
      check.check(reviews.uri("/reviews/0")).assertKept();
    }
  }

  private static Service start(PropagationCheck check, String client) throws Exception {
    TracingPropagation propagation =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    return TestReviews.start(client, check.port(), propagation);
  }
}
