// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.core.Configuration;

/**
 * The implementations of Jakarta REST that tell what the standard does not: when a thread is done
 * with a request, or who made an asynchronous call.
 */
enum Engine {
  JERSEY("org.glassfish.jersey.", "org.glassfish.jersey.spi.ThreadPoolExecutorProvider"),
  RESTEASY("org.jboss.resteasy.core.", "org.jboss.resteasy.plugins.server.Cleanables"),
  CXF("org.apache.cxf.", "org.apache.cxf.phase.PhaseInterceptorChain"),
  /** Any other implementation, or one whose classes this library's class loader does not see. */
  OTHER("", "");

  private final String packages;
  private final String needed;

  Engine(String packages, String needed) {
    this.packages = packages;
    this.needed = needed;
  }

  /** Returns the engine whose object this is, by the name of its class. */
  static Engine of(Object part) {
    Engine engine = named(part);
    return engine.isVisible(part) ? engine : OTHER;
  }

  /** Returns whether the engine is known by its name, and its classes are not visible. */
  static boolean isHidden(Object part) {
    return named(part) != of(part);
  }

  private static Engine named(Object part) {
    String name = part.getClass().getName();
    for (Engine engine : values()) {
      if (name.startsWith(engine.packages)) {
        return engine;
      }
    }
    return OTHER;
  }

  /** Detects a client's engine by its configuration: RESTEasy's client has packages of its own. */
  static Engine ofClient(Configuration configuration) {
    return configuration.getClass().getName().startsWith("org.jboss.resteasy.client.jaxrs.")
            && RESTEASY.isVisible(configuration)
        ? RESTEASY
        : of(configuration);
  }

  /** Returns whether this library's class loader finds the class that the engine itself uses. */
  private boolean isVisible(Object part) {
    try {
      return Class.forName(needed, false, part.getClass().getClassLoader())
          == Class.forName(needed, false, Engine.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
