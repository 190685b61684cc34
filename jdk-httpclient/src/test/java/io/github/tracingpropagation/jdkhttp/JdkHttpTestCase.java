// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;

/** Base of tests that call a service from inbound requests. */
abstract class JdkHttpTestCase {
  static final String ID = "x-request-id: abc";

  final Downstream ratings = Downstream.start();

  @AfterEach
  void stopRatings() {
    ratings.close();
  }

  /** Runs code in the context of an inbound request with these header lines. */
  static <T> T inRequest(String line, Callable<T> work) throws Exception {
    return HeaderLines.captured(line).storeInContext(Context.root()).wrap(work).call();
  }

  static HttpClient wrapped() {
    return JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient());
  }

  HttpRequest get(String path) {
    return HttpRequest.newBuilder(ratings.uri(path)).build();
  }

  /** Sends a request in the context of an inbound one, and returns the status. */
  static int send(HttpClient client, HttpRequest request) throws Exception {
    return inRequest(ID, () -> client.send(request, BodyHandlers.discarding()).statusCode());
  }
}
