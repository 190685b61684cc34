// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.CheckReport;
import io.github.tracingpropagation.check.CheckResult;
import io.github.tracingpropagation.check.PropagationCheck;
import io.github.tracingpropagation.check.Provider;
import io.github.tracingpropagation.check.Rule;
import io.github.tracingpropagation.demo.service.Service;
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
      CheckResult.Outcome mixing = CheckResult.Outcome.NOT_CHECKED;
      // On a stalled machine too few answers can be told apart; no run may find a broken rule.
      for (int run = 0; run < 5 && mixing == CheckResult.Outcome.NOT_CHECKED; run++) {
        CheckReport report = check.check(reviews.uri("/reviews/0"));
        report.assertKept();
        mixing = report.result(Rule.NOT_MIXED).outcome();
      }
      assertThat(mixing).isEqualTo(CheckResult.Outcome.KEPT);
    }
  }

  private static Service start(PropagationCheck check, String client) throws Exception {
    TracingPropagation propagation =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    return TestReviews.start(client, check.port(), propagation);
  }
}
