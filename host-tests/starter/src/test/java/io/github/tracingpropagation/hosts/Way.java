// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.stream.Stream;

/**
 * A way on which an application calls.
 *
 * @param name the first part of the path
 * @param outcome what the calls forward
 * @param clients the prefix of the names of the clients that can be called on this way
 * @param calls how often the client calls: the first ones are refused
 */
record Way(String name, Outcome outcome, String clients, int calls) {
  static final Way PLAIN = forwards("plain");
  static final Way ASYNC = forwards("async");

  /** The ways of a servlet application. */
  static final List<Way> ALL =
      List.of(
          PLAIN,
          ASYNC,
          forwards("callable"),
          forwards("web-async-task"),
          forwards("streaming"),
          forwards("sse"),
          forwards("deferred"),
          forwards("deferred-timeout"),
          forwards("completable-future"),
          forwards("then-apply-async"),
          forwards("async-context"),
          forwards("error-dispatch"),
          new Way("own-pool", Outcome.NOTHING, ""),
          // The JDK's client needs the common pool, whose only thread WebClient's block() would
          // occupy.
          new Way("common-pool", Outcome.NOTHING, "rest-"),
          new Way("empty-block", Outcome.NOTHING, ""),
          new Way("empty-block-async", Outcome.NOTHING, ""),
          new Way("mono", Outcome.OWN, "web-client"),
          new Way("mono-declared", Outcome.OWN, "web-client"),
          new Way("mono-second", Outcome.OWN, "web-client"),
          new Way("second-block", Outcome.OWN, "web-client"),
          new Way("capture-block", Outcome.OWN, "web-client"),
          new Way("elastic-block", Outcome.OWN, "web-client"),
          retries("retry-mono"),
          retries("retry-block"),
          retries("backoff-block"));

  /** Apache's client itself repeats a call that is answered with 503, and waits a second before. */
  static final Way UNAVAILABLE =
      new Way(
          "retry-unavailable", Outcome.OWN, "web-client-http-components", 1 + Recorder.REFUSALS);

  /** Ways on which a call is made where the thread of another request goes on. */
  static final List<Way> PAIRS =
      List.of(
          new Way("pair-mono", Outcome.OWN, "web-client"),
          new Way("pair-block", Outcome.OWN, "web-client"),
          forwards("pair-snapshot"));

  Way(String name, Outcome outcome, String clients) {
    this(name, outcome, clients, 1);
  }

  static Way forwards(String name) {
    return new Way(name, Outcome.OWN, "");
  }

  private static Way retries(String name) {
    return new Way(name, Outcome.OWN, "web-client", 1 + Recorder.REFUSALS);
  }

  /** Returns those of the clients that can be called on this way. */
  Stream<String> of(List<String> all) {
    return all.stream().filter(client -> client.startsWith(clients));
  }

  @Override
  public String toString() {
    return name + " forwards " + outcome;
  }
}
