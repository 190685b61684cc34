// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.github.tracingpropagation.adapter.Setting;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;
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
        || !binder.bind(TracingPropagationProperties.ENABLED, Boolean.class).orElse(true)
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
        "Clients of Spring Boot do not follow redirects by default, because "
            + Setting.FORWARD_TO.key()
            + " names hosts.");
  }

  /** What is invalid is reported, with its origin, by the bean that has the settings. */
  private static boolean namesHosts(Binder binder) {
    try {
      TracingPropagationProperties properties =
          binder.bindOrCreate(
              TracingPropagationProperties.PREFIX, TracingPropagationProperties.class);
      return !TracingPropagation.fromEnvironment(properties::text).destinations().includesAll();
    } catch (BindException | InvalidSettingException e) {
      return false;
    }
  }
}
