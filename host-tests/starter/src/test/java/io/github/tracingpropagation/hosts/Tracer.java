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
    Tracer present = otel ? OPENTELEMETRY : brave ? BRAVE : NONE;
    String expected = System.getProperty("tracer", present.name()); // an IDE sets none
    if (!expected.equals(present.name())) {
      throw new IllegalStateException("tracer: " + present + "; expected: " + expected);
    }
    return present;
  }

  /**
   * Returns whether the tracer may take the span of another request on this path: Jetty's client
   * may complete a response on the thread that sends a request, also without this library ({@link
   * JettyThreadsTest}).
   */
  static boolean mixes(String path) {
    return path.matches(
        "/(mono-second|(second|capture|retry|backoff)-block|retry-mono)/web-client-jetty[?].*");
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
