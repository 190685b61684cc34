// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Locale;
import okhttp3.OkHttpClient;

/** A service with this library, with its defaults, or the same without it. */
enum Variant {
  WITHOUT {
    @Override
    List<Filter> filters() {
      return List.of();
    }

    @Override
    OkHttpClient.Builder install(OkHttpClient.Builder client) {
      return client;
    }
  },

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

  abstract List<Filter> filters();

  abstract OkHttpClient.Builder install(OkHttpClient.Builder client);

  Variant other() {
    return this == WITH ? WITHOUT : WITH;
  }

  /** Returns which has its turn: this, the other, the other, this, this, and so on. */
  Variant turn(int slice) {
    return (slice + 1) / 2 % 2 == 0 ? this : other();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
