// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How the service calls, as ordinary requests have shown it.
 *
 * @param calls how many calls each request makes, at least
 * @param mostCalls how many, at most
 * @param routes how often a request calls a route, at most; without those of background calls
 * @param background routes of calls without headers that do not come with each request, such as
 *     health probes
 * @param bareCalls how many calls of each request carry no header, beside others that do
 * @param callsWhileHeld how many calls a request makes before the first is answered
 * @param patience for how long the service waits for a call without answering or calling again
 * @param callsAgain whether it calls again while a call is held: it retries or hedges
 * @param late whether calls come after the response
 * @param status the status of an ordinary response
 * @param toCall the time from a request to its first call
 * @param toAnswer the time from the answer of the last call to the response
 */
record CallProfile(
    int calls,
    int mostCalls,
    Map<String, Integer> routes,
    Set<String> background,
    int bareCalls,
    int callsWhileHeld,
    Duration patience,
    boolean callsAgain,
    boolean late,
    int status,
    Duration toCall,
    Duration toAnswer) {
  /** Returns whether each request made the same number of calls. */
  boolean isSteady() {
    return calls == mostCalls;
  }

  /** Returns whether the service answers only after its call was answered. */
  boolean waits() {
    return callsWhileHeld > 0 && !patience.isZero();
  }
}
