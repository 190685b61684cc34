// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;

/** Base of tests that call a service from inbound requests. */
abstract class ApacheHttpTestCase {
  static final String ID = "x-request-id: abc";

  final Downstream ratings = Downstream.start();

  @AfterEach
  void stopRatings() {
    ratings.close();
  }

  final int port() {
    return ratings.uri("/").getPort();
  }

  /** Runs code in the context of an inbound request with these header lines, or with none. */
  static <T> T inRequest(String line, Callable<T> work) throws Exception {
    CapturedHeaders captured =
        line.isEmpty() ? CapturedHeaders.empty() : HeaderLines.captured(line);
    return captured.storeInContext(Context.root()).wrap(work).call();
  }
}
