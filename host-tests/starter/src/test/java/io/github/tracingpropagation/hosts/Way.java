// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.stream.Stream;

/** A way on which a servlet application calls: the first part of the path. */
record Way(String name, Outcome outcome, boolean webClientsOnly) {
  static final Way PLAIN = forwards("plain");
  static final Way ASYNC = forwards("async");

  /** The ways, as docs/spring-boot.md has them. */
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
          new Way("own-pool", Outcome.NOTHING, false),
          new Way("common-pool", Outcome.NOTHING, false),
          new Way("empty-block", Outcome.NOTHING, false),
          new Way("empty-block-async", Outcome.NOTHING, false),
          new Way("mono", Outcome.OWN, true),
          new Way("mono-declared", Outcome.OWN, true),
          new Way("mono-second", Outcome.OWN, true),
          new Way("second-block", Outcome.NOTHING, true));

  private static Way forwards(String name) {
    return new Way(name, Outcome.OWN, false);
  }

  Way with(Outcome other) {
    return new Way(name, other, webClientsOnly);
  }

  /** Returns those of the clients that can be called on this way. */
  Stream<String> of(List<String> clients) {
    return clients.stream().filter(client -> !webClientsOnly || client.startsWith("web-client"));
  }

  @Override
  public String toString() {
    return name + " forwards " + outcome;
  }
}
