// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Locale;

/** What is checked: one line of the report each. Immutable, as every enum. */
public enum Rule {
  /** Every header of the chosen providers is forwarded. */
  FAMILIES(
      Severity.BREAKS_TRACES,
      "every header of the provider",
      "The sidecar starts a new trace for the outbound call, so every trace breaks here.",
      "Forward the headers that docs/check.md lists. If the service calls on another thread, hand"
          + " the values over to that thread."),
  /** {@code x-request-id} is forwarded, whatever it contains. */
  REQUEST_ID(
      Severity.BREAKS_TRACES,
      "x-request-id always",
      "Envoy samples and correlates access logs by x-request-id; the next hop gets another one.",
      "Forward x-request-id as an opaque text, beside what a tracer does."),
  /** A value leaves as it arrived. */
  VERBATIM(
      Severity.BREAKS_TRACES,
      "values unchanged",
      "The next sidecar continues another trace or takes another sampling decision.",
      "Copy the values; do not parse, pad, generate or normalise them."),
  /** Credentials and user data are not forwarded. */
  NOTHING_ELSE(
      Severity.MIXES_OR_LEAKS,
      "no other header",
      "A credential or user data reaches services that must not see it.",
      "Forward a fixed list of names; allow a name in this check if you forward it on purpose."),
  /** An absent or blank header stays absent. */
  ABSENT(
      Severity.BREAKS_TRACES,
      "nothing in, nothing out",
      "An invented or empty value stops or forks tracing; an empty x-b3-parentspanid stops it in"
          + " the whole mesh.",
      "Set a header only if the request had a value for it."),
  /** A value that may not stand in a header is dropped, and the outbound call is still made. */
  HOSTILE(
      Severity.ACCEPTS_HOSTILE_VALUES,
      "hostile values are dropped",
      "Anyone can make the outbound calls of this service fail, or grow, with one header.",
      "Drop a value with a character other than tab and 0x20 to 0x7e, or longer than the limit (by default"
          + " 4096)."),
  /** A malformed member is dropped without the others. */
  MALFORMED(
      Severity.ACCEPTS_HOSTILE_VALUES,
      "malformed values are dropped",
      "Envoy does not trace a hop with malformed ids.",
      "Drop the malformed header alone, and ids that mean nothing without it."),
  /** Repeated lines: the first wins, {@code tracestate} is a list, two traceparents are none. */
  REPEATED(
      Severity.ACCEPTS_HOSTILE_VALUES,
      "repeated lines",
      "Hops disagree about the trace, because each reads another of the lines.",
      "Forward the first value; join the lines of tracestate; drop two traceparents."),
  /** All calls of one request carry its headers. */
  EVERY_CALL(
      Severity.BREAKS_TRACES,
      "every call of a request",
      "A part of the request's calls is missing in its trace.",
      "Forward in the HTTP client, not in one place that calls."),
  /** No call carries another request's headers, also under load. */
  NOT_MIXED(
      Severity.MIXES_OR_LEAKS,
      "no headers of another request",
      "Calls appear in the trace of another request, maybe another user's.",
      "Do not keep the values in a thread-local of a pool or a shared field; capture them where"
          + " work is handed to another thread, and restore the thread afterwards."),
  /** Concurrency loses no headers. */
  NOT_LOST(
      Severity.BREAKS_TRACES,
      "no headers lost under load",
      "Some traces break, and more of them the higher the load.",
      "Hand the values over to each thread that calls."),
  /** A later request without headers forwards none. */
  NO_LEFTOVERS(
      Severity.MIXES_OR_LEAKS,
      "no leftovers of earlier requests",
      "A request is added to the trace of an earlier one.",
      "Remove the values from the thread when the request ends, also if it fails."),
  /** A retried call carries the same headers. */
  RETRIES(
      Severity.BREAKS_TRACES,
      "retries carry the headers",
      "The call that succeeds is missing in the trace.",
      "Set the headers again on each attempt, and set them instead of adding them."),
  /** A call that follows a redirect to the same host carries the same headers. */
  REDIRECTS(
      Severity.BREAKS_TRACES,
      "redirects carry the headers",
      "The call that succeeds is missing in the trace.",
      "Set the headers on each hop, in a network interceptor or its like."),
  /** Another host, reached by a redirect, gets none of the headers. */
  FOREIGN_HOST(
      Severity.MIXES_OR_LEAKS,
      "nothing to a foreign host",
      "The trace's ids reach a third party.",
      "Decide by host on each hop, or do not follow redirects.");

  private final Severity severity;
  private final String title;
  private final String consequence;
  private final String advice;

  Rule(Severity severity, String title, String consequence, String advice) {
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
