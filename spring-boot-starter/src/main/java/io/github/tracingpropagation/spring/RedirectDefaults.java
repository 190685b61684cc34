// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.github.tracingpropagation.adapter.Setting;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
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
  /** Spring Boot 3: RestClient and RestTemplate. */
  static final String BLOCKING_3 = "spring.http.client.redirects";

  /** Spring Boot 3: WebClient. */
  static final String REACTIVE_3 = "spring.http.reactiveclient.redirects";

  /** Spring Boot 4: all clients. It ignores the other two. */
  static final String ALL_4 = "spring.http.clients.redirects";

  /** Spring Boot 4, for the warning. */
  static final String ALL_4_AND_GROUPS = ALL_4 + " and each spring.http.serviceclient.*.redirects";

  private static final System.Logger LOGGER = System.getLogger(RedirectDefaults.class.getName());

  /** {@code SpringApplication.setDefaultProperties}, which Spring Boot keeps behind all others. */
  private static final String NAME = "defaultProperties";

  @Override
  public void initialize(ConfigurableApplicationContext application) {
    ConfigurableEnvironment environment = application.getEnvironment();
    Binder binder = Binder.get(environment);
    Map<String, Object> defaults = new LinkedHashMap<>();
    List.of(BLOCKING_3, REACTIVE_3, ALL_4).forEach(name -> defaults.put(name, "dont-follow"));
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

  /** Ignores an invalid setting: {@link PropagationFactory} reports it, with its origin. */
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
