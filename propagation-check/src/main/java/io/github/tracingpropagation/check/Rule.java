// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Locale;

/**
 * What is checked: one line of the report each, with the number of the rule of the contract that it
 * is a part of. Immutable, as every enum.
 */
public enum Rule {
  /** Rule 3: Every header of the chosen providers is forwarded. */
  FAMILIES(
      3,
      Severity.BREAKS_TRACES,
      "every header of the provider",
      "The sidecar starts a new trace for the outbound call, so every trace breaks here.",
      "Forward the headers that docs/check.md lists. If the service calls on another thread, hand"
          + " the values over to that thread."),
  /** Rule 2: {@code x-request-id} is forwarded, whatever it contains. */
  REQUEST_ID(
      2,
      Severity.BREAKS_TRACES,
      "x-request-id always",
      "Envoy samples and correlates access logs by x-request-id; the next hop gets another one.",
      "Forward x-request-id as an opaque text, beside what a tracer does."),
  /** Rule 1: A value leaves as it arrived. */
  VERBATIM(
      1,
      Severity.BREAKS_TRACES,
      "values unchanged",
      "The next sidecar continues another trace or takes another sampling decision.",
      "Copy the values; do not parse, pad, generate or normalise them."),
  /** Rule 3: Credentials and user data are not forwarded. */
  NOTHING_ELSE(
      3,
      Severity.MIXES_OR_LEAKS,
      "no other header",
      "A credential or user data reaches services that must not see it.",
      "Forward a fixed list of names; allow a name in this check if you forward it on purpose."),
  /** Rule 4: An absent or blank header stays absent. */
  ABSENT(
      4,
      Severity.BREAKS_TRACES,
      "nothing in, nothing out",
      "An invented or empty value stops or forks tracing; an empty x-b3-parentspanid stops it in"
          + " the whole mesh.",
      "Set a header only if the request had a value for it."),
  /**
   * Rule 5: A value that may not stand in a header is dropped, and the outbound call is still made.
   */
  HOSTILE(
      5,
      Severity.ACCEPTS_HOSTILE_VALUES,
      "hostile values are dropped",
      "Anyone can make the outbound calls of this service fail, or grow, with one header.",
      "Drop a value with a character other than tab and 0x20 to 0x7e, or longer than the limit (by default"
          + " 4096)."),
  /** Rule 5: A malformed member is dropped without the others. */
  MALFORMED(
      5,
      Severity.ACCEPTS_HOSTILE_VALUES,
      "malformed values are dropped",
      "Envoy does not trace a hop with malformed ids.",
      "Drop the malformed header alone, and ids that mean nothing without it."),
  /**
   * Rule 6: Repeated lines: the first wins, {@code tracestate} is a list, two traceparents are
   * none.
   */
  REPEATED(
      6,
      Severity.ACCEPTS_HOSTILE_VALUES,
      "repeated lines",
      "Hops disagree about the trace, because each reads another of the lines.",
      "Forward the first value; join the lines of tracestate; drop two traceparents."),
  /** Rule 3: All calls of one request carry its headers. */
  EVERY_CALL(
      3,
      Severity.BREAKS_TRACES,
      "every call of a request",
      "A part of the request's calls is missing in its trace.",
      "Forward in the HTTP client, not in one place that calls."),
  /** Rule 11: No call carries another request's headers, also under load. */
  NOT_MIXED(
      11,
      Severity.MIXES_OR_LEAKS,
      "no headers of another request",
      "Calls appear in the trace of another request, maybe another user's.",
      "Do not keep the values in a thread-local of a pool or a shared field; capture them where"
          + " work is handed to another thread, and restore the thread afterwards."),
  /** Rule 11: Concurrency loses no headers. */
  NOT_LOST(
      11,
      Severity.BREAKS_TRACES,
      "no headers lost under load",
      "Some traces break, and more of them the higher the load.",
      "Hand the values over to each thread that calls."),
  /** Rule 10: A later request without headers forwards none. */
  NO_LEFTOVERS(
      10,
      Severity.MIXES_OR_LEAKS,
      "no leftovers of earlier requests",
      "A request is added to the trace of an earlier one.",
      "Remove the values from the thread when the request ends, also if it fails."),
  /** Rule 8: A retried call carries the same headers. */
  RETRIES(
      8,
      Severity.BREAKS_TRACES,
      "retries carry the headers",
      "The call that succeeds is missing in the trace.",
      "Set the headers again on each attempt, and set them instead of adding them."),
  /** Rule 8: A call that follows a redirect to the same host carries the same headers. */
  REDIRECTS(
      8,
      Severity.BREAKS_TRACES,
      "redirects carry the headers",
      "The call that succeeds is missing in the trace.",
      "Set the headers on each hop, in a network interceptor or its like."),
  /** Rule 8: Another host, reached by a redirect, gets none of the headers. */
  FOREIGN_HOST(
      8,
      Severity.MIXES_OR_LEAKS,
      "nothing to a foreign host",
      "The trace's ids reach a third party.",
      "Decide by host on each hop, or do not follow redirects.");

  private final int number;
  private final Severity severity;
  private final String title;
  private final String consequence;
  private final String advice;

  Rule(int number, Severity severity, String title, String consequence, String advice) {
    this.number = number;
    this.severity = severity;
    this.title = title;
    this.consequence = consequence;
    this.advice = advice;
  }

  /**
   * Returns the name of the rule in the report.
   *
   * @return a few words, in lower case
   */
  public String title() {
    return title;
  }

  /**
   * Returns how bad it is that the rule is broken.
   *
   * @return the severity
   */
  public Severity severity() {
    return severity;
  }

  /** Returns the number of the contract's rule, which begins the names of tests and rows. */
  int number() {
    return number;
  }

  /** Returns the name of the rule in options and in reports for machines. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns what breaks in a mesh if the rule is broken.
   *
   * @return a sentence
   */
  public String consequence() {
    return consequence;
  }

  /**
   * Returns what to do if the rule is broken.
   *
   * @return a sentence
   */
  public String advice() {
    return advice;
  }
}
