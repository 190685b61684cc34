// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;

/**
 * What a request led to.
 *
 * @param request the request's number
 * @param probe its headers
 * @param status the response's status, or 0 if none came
 * @param calls the outbound calls
 */
record Answer(int request, Probe probe, int status, List<Call> calls) {
  /** Returns what came back for a report. */
  String response() {
    return status == 0 ? "did not answer" : "answered " + status;
  }
}
