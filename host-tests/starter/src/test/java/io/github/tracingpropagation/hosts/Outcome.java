// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.Map;

/** What a call downstream has of the headers of its request. */
enum Outcome {
  /** All of them; those of the tracer's family are the tracer's, in the same trace or its own. */
  OWN,
  /** None. */
  NOTHING,
  /** Another request's, some only, or none though the tracer has some: always wrong. */
  WRONG;

  /** Judges the calls of a request as {@link #of} does; they are wrong if they differ. */
  static Outcome ofAll(
      InboundHeaders request,
      List<Map<String, String>> calls,
      List<String> family,
      boolean tracerMixes) {
    List<Outcome> outcomes =
        calls.stream().map(call -> of(request, call, family, tracerMixes)).distinct().toList();
    return outcomes.size() == 1 ? outcomes.get(0) : WRONG;
  }

  /**
   * Judges a call.
   *
   * @param request null if the request had no tracing headers
   * @param family the headers that the tracer sets, empty without one
   * @param tracerMixes whether the tracer may have taken another request's span
   */
  static Outcome of(
      InboundHeaders request, Map<String, String> call, List<String> family, boolean tracerMixes) {
    if (call.containsKey("b3") && call.containsKey("x-b3-traceid")) {
      return WRONG; // one family, from two sources
    }
    int own = 0;
    int foreign = 0;
    int expected = 0;
    for (Map.Entry<String, String> header : InboundHeaders.next().all().entrySet()) {
      String name = header.getKey();
      String value = call.get(name);
      if (family.contains(name)) {
        if (InboundHeaders.isCaptured(value)) {
          foreign++; // the tracer makes a span of its own
        } else if (InboundHeaders.isInbound(value) && !tracerMixes) {
          foreign += request != null && value.contains(request.traceId()) ? 0 : 1;
        }
        continue;
      }
      expected++;
      if (value != null) {
        boolean same = request != null && value.equals(request.all().get(name));
        own += same ? 1 : 0;
        foreign += same ? 0 : 1;
      }
    }
    if (foreign > 0) {
      return WRONG;
    }
    return own == 0 ? NOTHING : own == expected ? OWN : WRONG;
  }
}
