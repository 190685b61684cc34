// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import jakarta.ws.rs.core.Configuration;

/**
 * The implementations of Jakarta REST that offer what the standard lacks: a callback when a thread
 * has finished with a request, or one on the thread that makes an asynchronous call.
 *
 * <p>Detected by class name, because its classes may be missing, or not loadable from here.
 */
enum Engine {
  JERSEY("org.glassfish.jersey.", "org.glassfish.jersey.spi.ThreadPoolExecutorProvider"),
  RESTEASY("org.jboss.resteasy.core.", "org.jboss.resteasy.plugins.server.Cleanables"),
  CXF("org.apache.cxf.", "org.apache.cxf.phase.PhaseInterceptorChain"),
  /** Any other implementation, or one whose classes this library's class loader cannot load. */
  OTHER("", "");

  /** Prefix of the client's classes; those of the server are in {@link #RESTEASY}'s package. */
  private static final String RESTEASY_CLIENT = "org.jboss.resteasy.client.";

  private final String packagePrefix;

  /** A class that every release of the engine has, and that this library cannot do without. */
  final String requiredClass;

  Engine(String packagePrefix, String requiredClass) {
    this.packagePrefix = packagePrefix;
    this.requiredClass = requiredClass;
  }

  /** Detects a server's engine by the class name of its configuration. */
  static Engine ofServer(Configuration configuration) {
    return byName(configuration).orOtherIfNotLoadable(configuration);
  }

  /** Detects a client's engine by the class name of its configuration. */
  static Engine ofClient(Configuration configuration) {
    Engine engine = isResteasyClient(configuration) ? RESTEASY : byName(configuration);
    return engine.orOtherIfNotLoadable(configuration);
  }

  /** Returns whether a client is RESTEasy's, though its classes may not be loadable. */
  static boolean isResteasyClient(Configuration configuration) {
    return configuration.getClass().getName().startsWith(RESTEASY_CLIENT);
  }

  /** Returns whether a server's engine is known, but its classes cannot be loaded. */
  static boolean isNotLoadable(Configuration configuration) {
    return byName(configuration) != ofServer(configuration);
  }

  private static Engine byName(Configuration configuration) {
    String name = configuration.getClass().getName();
    for (Engine engine : values()) {
      if (name.startsWith(engine.packagePrefix)) {
        return engine; // OTHER at the latest: each name starts with ""
      }
    }
    return OTHER;
  }

  /**
   * Some servers, such as Open Liberty, hide their engine from an application's class loader, or
   * the application brings a second copy: this library must load the class that the engine uses.
   */
  private Engine orOtherIfNotLoadable(Configuration configuration) {
    try {
      Class<?> ofEngine =
          Class.forName(requiredClass, false, configuration.getClass().getClassLoader());
      Class<?> ofLibrary = Class.forName(requiredClass, false, Engine.class.getClassLoader());
      return ofEngine == ofLibrary ? this : OTHER;
    } catch (ClassNotFoundException | LinkageError e) {
      return OTHER;
    }
  }
}
