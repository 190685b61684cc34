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
  /** Has what the standard has. */
  OTHER("", "java.lang.Object");

  private final String packages;
  private final String needed;

  Engine(String packages, String needed) {
    this.packages = packages;
    this.needed = needed;
  }

  /** Returns whose object this is. */
  static Engine of(Object part) {
    for (Engine engine : values()) {
      if (part.getClass().getName().startsWith(engine.packages) && engine.isVisible()) {
        return engine;
      }
    }
    return OTHER;
  }

  /** Detects a client's engine by its configuration: RESTEasy's client has packages of its own. */
  static Engine ofClient(Configuration configuration) {
    return configuration.getClass().getName().startsWith("org.jboss.resteasy.client.jaxrs.")
            && RESTEASY.isVisible()
        ? RESTEASY
        : of(configuration);
  }

  /** An engine may be where this library's class loader does not look. */
  private boolean isVisible() {
    try {
      Class.forName(needed, false, Engine.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
