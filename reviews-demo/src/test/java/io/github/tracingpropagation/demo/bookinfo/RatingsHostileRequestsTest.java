// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;

final class RatingsHostileRequestsTest extends HostileRequestsContract {
  RatingsHostileRequestsTest() {
    super("/ratings/0");
  }

  @Override
  protected JettyService start() throws IOException {
    return RatingsService.start(ServerSettings.local(TracingPropagation.create())).http();
  }
}
