// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.adapter.OnceLoggerMemory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.context.ConfigurableApplicationContext;

/** An application in this JVM. Its properties are arguments, which win over all others. */
record LocalApplication(ConfigurableApplicationContext context) implements RunningApplication {
  static LocalApplication start(
      List<Class<?>> sources, WebApplicationType type, String downstream, List<String> properties) {
    OnceLoggerMemory.clear();
    List<String> arguments = new ArrayList<>(List.of("--downstream=" + downstream));
    properties.forEach(property -> arguments.add("--" + property));
    return new LocalApplication(
        new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
            .web(type)
            .run(arguments.toArray(String[]::new)));
  }

  @Override
  public URI uri() {
    return URI.create("http://127.0.0.1:" + property("local.server.port"));
  }

  String property(String name) {
    return context.getEnvironment().getProperty(name);
  }

  @Override
  public void close() {
    context.close();
    forgetLogging();
  }

  /** Spring Boot copies settings such as the pattern to system properties, and leaves them there. */
  private static void forgetLogging() {
    for (LoggingSystemProperty property : LoggingSystemProperty.values()) {
      System.clearProperty(property.getEnvironmentVariableName());
    }
  }
}
