// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** How a service forwards the tracing headers. */
enum Variant {
  /** Not at all. */
  WITHOUT,

  /** By the hand-written loop over the names in bookinfo. */
  @SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; this one is none
  BY_HAND {
    @Override
    Hop<Request.Builder> loop() {
      return Contender.loop(Headers.BOOKINFO_NAMES, Request.Builder::header);
    }
  },

  /** By this library, with its defaults. */
  WITH {
    @Override
    List<Filter> filters() {
      return List.of(new TracingPropagationFilter(TracingPropagation.create()));
    }

    @Override
    OkHttpClient.Builder install(OkHttpClient.Builder client) {
      return OkHttpTracingPropagation.install(client, TracingPropagation.create());
    }
  };

  /** Returns them in the order of a cycle: there, back, there again, and so on. */
  static List<Variant> cycle(int number) {
    List<Variant> order = new ArrayList<>(List.of(values()));
    if (number % 2 == 0) {
      Collections.reverse(order);
    }
    return order;
  }

  List<Filter> filters() {
    return List.of();
  }

  OkHttpClient.Builder install(OkHttpClient.Builder client) {
    return client;
  }

  /** Returns what the service does by itself. */
  Hop<Request.Builder> loop() {
    return (inbound, outbound) -> {};
  }

  boolean forwards() {
    return this != WITHOUT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Reads what {@link #toString} wrote. */
  static Variant parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }
}
