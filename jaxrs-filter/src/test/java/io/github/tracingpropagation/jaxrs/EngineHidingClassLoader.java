// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.TracingPropagation;
import jakarta.ws.rs.core.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Loads the library so that it can load Jakarta REST but not the engine's classes, as an
 * application's class loader on Open Liberty does.
 */
final class EngineHidingClassLoader extends ClassLoader {
  private static final String LIBRARY = EngineHidingClassLoader.class.getPackageName() + ".";

  private final String packages;

  /**
   * Hides the classes of some packages.
   *
   * @param packages the prefix of their names
   */
  EngineHidingClassLoader(String packages) {
    super(EngineHidingClassLoader.class.getClassLoader());
    this.packages = packages;
  }

  /** Returns the feature of the library that this loader loads. */
  Feature feature(TracingPropagation propagation) {
    try {
      return (Feature)
          loadClass(TracingPropagationFeature.class.getName())
              .getConstructor(TracingPropagation.class)
              .newInstance(propagation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (name.startsWith(packages)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(LIBRARY)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Of the engine's service files, returns only the library's. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> all = super.getResources(name);
    if (!name.startsWith("META-INF/services/" + packages)) {
      return all;
    }
    return Collections.enumeration(
        Collections.list(all).stream()
            .filter(url -> url.toString().contains("jaxrs-filter"))
            .toList());
  }
}
