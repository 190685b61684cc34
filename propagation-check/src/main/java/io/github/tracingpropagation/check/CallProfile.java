// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import com.google.common.collect.Multiset;
import java.time.Duration;
import java.util.Set;

/**
 * How the service calls its dependencies, learnt from ordinary requests.
 *
 * @param calls the fewest calls of a request
 * @param mostCalls the most calls of a request
 * @param routes the most calls of a request by route, without background calls
 * @param background routes of background calls, such as health probes: without headers, and not
 *     with each request
 * @param bareCalls calls of each request that carry no header, beside others that do
 * @param callsWhileHeld calls of a request before the first is answered
 * @param callTimeout how long the service waits for a held call before it responds or calls again
 * @param retries whether it calls again while a call is held: it retries or hedges
 * @param callsAfterResponse whether calls arrive after the response
 * @param status the status of an ordinary response
 * @param timeToCall the time from a request to its first call
 * @param timeToResponse the time from the answer to the last call to the response
 */
record CallProfile(
    int calls,
    int mostCalls,
    Multiset<String> routes,
    Set<String> background,
    int bareCalls,
    int callsWhileHeld,
    Duration callTimeout,
    boolean retries,
    boolean callsAfterResponse,
    int status,
    Duration timeToCall,
    Duration timeToResponse) {
  boolean isSteady() {
    return calls == mostCalls;
  }

  /** Returns whether the service responds only after its call was answered. */
  boolean blocks() {
    return callsWhileHeld > 0 && !callTimeout.isZero();
  }
}
