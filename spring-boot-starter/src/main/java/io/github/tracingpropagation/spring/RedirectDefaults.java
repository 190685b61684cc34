// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Once {@code forward-to} names hosts, Spring Boot's clients do not follow redirects, unless the
 * application says otherwise: these settings have the lowest precedence. An initializer and not an
 * {@code EnvironmentPostProcessor}, whose package differs between Spring Boot 3 and 4.
 */
final class RedirectDefaults
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final System.Logger LOGGER = System.getLogger(RedirectDefaults.class.getName());

  /** {@code SpringApplication.setDefaultProperties}, which Spring Boot keeps behind all others. */
  private static final String NAME = "defaultProperties";

  @Override
  public void initialize(ConfigurableApplicationContext application) {
    ConfigurableEnvironment environment = application.getEnvironment();
    Binder binder = Binder.get(environment);
    Map<String, Object> defaults = Redirects.dontFollow();
    defaults.keySet().removeIf(environment::containsProperty);
    if (defaults.isEmpty()
        || !binder.bind("tracing.propagation.enabled", Boolean.class).orElse(true)
        || !namesHosts(binder)) {
      return;
    }
    MutablePropertySources sources = environment.getPropertySources();
    if (sources.get(NAME) instanceof MapPropertySource ofApplication) {
      defaults.putAll(ofApplication.getSource());
    }
    sources.remove(NAME);
    sources.addLast(new MapPropertySource(NAME, defaults));
    LOGGER.log(
        Level.INFO,
        "Clients of Spring Boot do not follow redirects by default, because"
            + " tracing.propagation.forward-to names hosts.");
  }

  private static boolean namesHosts(Binder binder) {
    List<String> hosts =
        binder
            .bind("tracing.propagation.forward-to", Bindable.listOf(String.class))
            .orElse(List.of());
    return hosts.stream()
        .anyMatch(host -> !host.isBlank() && !host.strip().equalsIgnoreCase("any"));
  }
}
