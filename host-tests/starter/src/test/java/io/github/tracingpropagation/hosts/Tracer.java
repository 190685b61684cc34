// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

/** The tracer on the class path of the tests, which the build chooses. */
enum Tracer {
  NONE,
  OPENTELEMETRY,
  BRAVE;

  static Tracer present() {
    boolean otel = isPresent("io.micrometer.tracing.otel.bridge.OtelTracer");
    boolean brave = isPresent("io.micrometer.tracing.brave.bridge.BraveTracer");
    if (otel && brave) {
      throw new IllegalStateException("two tracers");
    }
    return otel ? OPENTELEMETRY : brave ? BRAVE : NONE;
  }

  private static boolean isPresent(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
