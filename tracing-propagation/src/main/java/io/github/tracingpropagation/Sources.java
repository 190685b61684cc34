// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.CapturedHeadersSource;
import io.github.tracingpropagation.adapter.OnceLogger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The {@link CapturedHeadersSource}s of this class loader; usually there is none. */
final class Sources {
  private static final OnceLogger LOGGER = OnceLogger.of(CapturedHeaders.class);

  /**
   * Not looked up by the thread's context class loader: another application's sources must not be
   * seen, and a static reference to one would keep its class loader alive.
   */
  private static final CapturedHeadersSource[] SOURCES = load(Sources.class.getClassLoader());

  /**
   * Whether the root context may also mean that none was made current: OpenTelemetry's agent has it
   * on each thread without a span.
   */
  static final boolean ROOT_IS_DEFAULT = Agents.isOpenTelemetry();

  private Sources() {}

  /** Returns the snapshot of the first source that has one, or null. */
  static @Nullable CapturedHeaders current() {
    for (CapturedHeadersSource source : SOURCES) {
      try {
        CapturedHeaders captured = source.current();
        if (captured != null) {
          return captured;
        }
      } catch (RuntimeException | LinkageError e) {
        warn(source.getClass().getName(), e);
      }
    }
    return null;
  }

  static CapturedHeadersSource[] load(@Nullable ClassLoader loader) {
    List<CapturedHeadersSource> sources = new ArrayList<>();
    try {
      Iterator<CapturedHeadersSource> found =
          ServiceLoader.load(CapturedHeadersSource.class, loader).iterator();
      while (found.hasNext()) {
        sources.add(found.next());
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      warn(CapturedHeadersSource.class.getName(), e);
    }
    return sources.toArray(new CapturedHeadersSource[0]);
  }

  /** Without the exception's message, which might have a value of a request. */
  private static void warn(String source, Throwable e) {
    LOGGER.log(
        Level.WARNING,
        "The captured headers cannot be read from "
            + source
            + ", so they are not forwarded: "
            + e.getClass().getName());
  }
}
