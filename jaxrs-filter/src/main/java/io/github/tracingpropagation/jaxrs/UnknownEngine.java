// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import java.lang.System.Logger;

/** Warns of a server on which nothing is captured. */
final class UnknownEngine {
  private static final Logger LOGGER = System.getLogger(TracingPropagationFeature.class.getName());
  private static final String WARNED = UnknownEngine.class.getName() + ".";

  private UnknownEngine() {}

  /**
   * Warns once a JVM and engine. A system property remembers it, because a new class loader loads
   * this class again whenever its application is started again.
   *
   * @param part an object of the engine
   */
  static void warn(Object part) {
    String engine = part.getClass().getName();
    if (System.getProperties().putIfAbsent(WARNED + engine, "warned") == null) {
      LOGGER.log(
          Logger.Level.WARNING,
          "TracingPropagationFeature captures nothing on this server: of the Jakarta REST engine "
              + engine
              + (Engine.isHidden(part)
                  ? " the classes are not visible to this library's class loader"
                  : " it is not known when a thread is done with a request")
              + ". Register the servlet filter (tracing-propagation-servlet-filter) above it, which"
              + " serves synchronous methods, or run on Jersey, RESTEasy or CXF.");
    }
  }
}
