// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.opentelemetry.context.ContextStorage;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.util.ClassUtils;

/**
 * Installs {@link RequestIdMdc}, once for the JVM, if {@code tracing.propagation.mdc} is true. An
 * initializer, because OpenTelemetry accepts a wrapper of its storage only before the first use.
 */
final class RequestIdLogging
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final System.Logger LOGGER = System.getLogger(RequestIdLogging.class.getName());
  private static final AtomicBoolean ADDED = new AtomicBoolean();
  private static volatile boolean installed;

  @Override
  public void initialize(ConfigurableApplicationContext application) {
    Binder binder = Binder.get(application.getEnvironment());
    if (!binder.bind(TracingPropagationProperties.ENABLED, Boolean.class).orElse(true)
        || !binder.bind(TracingPropagationProperties.MDC, Boolean.class).orElse(false)) {
      return;
    }
    if (ClassUtils.isPresent("org.slf4j.MDC", application.getClassLoader())
        && ADDED.compareAndSet(false, true)) {
      ContextStorage.addWrapper(
          storage -> {
            installed = true;
            return new RequestIdMdc(storage);
          });
    }
    // Not earlier: it is the first use of the storage, after which a tracer could not add its own.
    application.addApplicationListener(
        (ApplicationListener<ContextRefreshedEvent>) event -> warnUnlessInstalled());
  }

  private static void warnUnlessInstalled() {
    ContextStorage.get();
    if (!installed) {
      LOGGER.log(
          Level.WARNING,
          TracingPropagationProperties.MDC
              + " has no effect: SLF4J is missing, or this JVM used OpenTelemetry's"
              + " Context before the application started. Add SLF4J, or set the property in the"
              + " first application of this JVM.");
    }
  }
}
