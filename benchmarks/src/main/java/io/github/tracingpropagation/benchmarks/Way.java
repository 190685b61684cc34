// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.opentelemetry.api.incubator.propagation.PassThroughPropagator;

/** A way to forward any number of headers. */
public enum Way {
  /** The hand-written loop. */
  LOOP("loop", "#0072b2") {
    @Override
    <C> Hop<C> hop(int names, Outbound<C> client) {
      return Contender.loop(WatchedNames.first(names), client.setter());
    }
  },

  /** OpenTelemetry's {@code PassThroughPropagator}. */
  PASS_THROUGH("PassThroughPropagator", "#009e73") {
    @Override
    <C> Hop<C> hop(int names, Outbound<C> client) {
      return Contender.propagator(
          PassThroughPropagator.create(WatchedNames.first(names)), client.setter());
    }
  },

  /** This library. */
  OURS("this library", "#d55e00") {
    @Override
    boolean canWatch(int names) {
      return names >= WatchedNames.ZIPKIN;
    }

    @Override
    <C> Hop<C> hop(int names, Outbound<C> client) {
      return Contender.ours(WatchedNames.propagation(names), client.adder());
    }
  };

  private final String title;
  private final String colour;

  Way(String title, String colour) {
    this.title = title;
    this.colour = colour;
  }

  /** Returns its colour, which also those can tell who do not see every one (Okabe and Ito). */
  String colour() {
    return colour;
  }

  /** Returns how a reader calls it. */
  String title() {
    return title;
  }

  abstract <C> Hop<C> hop(int names, Outbound<C> client);

  /** Tells whether it can be told to watch so few names. */
  boolean canWatch(int names) {
    return true;
  }
}
