// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.adapter.OnceLoggerMemory;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.web.context.support.StandardServletEnvironment;

/** An application in this JVM. Its properties are arguments, which win over all others. */
record LocalApplication(ConfigurableApplicationContext context) implements RunningApplication {
  static LocalApplication start(
      List<Class<?>> sources, WebApplicationType type, String downstream, List<String> properties) {
    return start(new SpringApplicationBuilder(), sources, type, downstream, properties);
  }

  /** Starts a servlet application that finds these variables among those of its process. */
  static LocalApplication start(
      Class<?> source, Map<String, String> variables, String downstream, List<String> properties) {
    ConfigurableEnvironment environment =
        new StandardServletEnvironment() {
          @Override
          public Map<String, Object> getSystemEnvironment() {
            Map<String, Object> all = new HashMap<>(super.getSystemEnvironment());
            all.putAll(variables);
            return all;
          }
        };
    return start(
        new SpringApplicationBuilder().environment(environment),
        List.of(source),
        WebApplicationType.SERVLET,
        downstream,
        properties);
  }

  private static LocalApplication start(
      SpringApplicationBuilder builder,
      List<Class<?>> sources,
      WebApplicationType type,
      String downstream,
      List<String> properties) {
    OnceLoggerMemory.clear();
    List<String> arguments = new ArrayList<>(List.of("--downstream=" + downstream));
    properties.forEach(property -> arguments.add("--" + property));
    return new LocalApplication(
        builder
            .sources(sources.toArray(Class<?>[]::new))
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

  /**
   * Spring Boot copies settings such as the pattern to system properties, and leaves them there.
   */
  private static void forgetLogging() {
    for (LoggingSystemProperty property : LoggingSystemProperty.values()) {
      System.clearProperty(property.getEnvironmentVariableName());
    }
  }
}
