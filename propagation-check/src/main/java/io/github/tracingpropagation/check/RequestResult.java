// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;

/**
 * A request that was sent alone, and its calls.
 *
 * @param request the request, which has ended
 * @param calls the calls that came while it was the only one
 */
record RequestResult(SentRequest request, List<Call> calls) {
  Probe probe() {
    return request.probe();
  }

  int status() {
    return request.status();
  }

  String response() {
    return status() == 0 ? "did not answer" : "answered " + status();
  }

  long onRoute(String route) {
    return calls.stream().filter(call -> call.route().equals(route)).count();
  }
}
