// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.util.Map;

final class ReviewsHostileRequestsTest extends HostileRequestsContract {
  ReviewsHostileRequestsTest() {
    super("/reviews/0");
  }

  @Override
  protected JettyService start() throws IOException {
    return ReviewsService.start(
        ServerSettings.local(TracingPropagation.create()),
        ReviewsSettings.from(new Environment(Map.of())));
  }
}
