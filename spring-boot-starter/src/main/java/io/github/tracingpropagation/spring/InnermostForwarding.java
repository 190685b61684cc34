// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.spring.web.RestClientTracingPropagation;
import io.github.tracingpropagation.spring.web.StarterSupport;
import io.github.tracingpropagation.spring.web.WebClientTracingPropagation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Once {@code forward-to} names hosts, makes the request factories and connectors forward that
 * Spring Boot builds for its clients: interceptors, filters and load balancers above them may still
 * change the host.
 *
 * <p>Those that follow redirects forward nothing, with a warning, since Spring sends the headers to
 * each host. Only the builder has the setting. So this replaces the builder bean by a JDK proxy,
 * because its method has other parameters in Spring Boot 3 and 4.
 *
 * @param type the interface of the builder
 * @param dontFollow whether settings of a builder switch redirects off
 * @param clients the clients, for the warning
 * @param redirects the property that decides, for the warning
 */
record InnermostForwarding(
    Class<?> type,
    Predicate<Object> dontFollow,
    String clients,
    String redirects,
    ObjectProvider<TracingPropagation> propagations,
    ConfigurableListableBeanFactory beans)
    implements BeanPostProcessor {
  private static final OnceLogger LOGGER = OnceLogger.of(InnermostForwarding.class);

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (!type.isInstance(bean) || !isDeclaredAsInterface(name)) {
      return bean;
    }
    TracingPropagation propagation = propagations.getObject();
    return propagation.destinations().includesAll()
        ? bean
        : Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> build(propagation, bean, method, arguments));
  }

  /** Otherwise an application may need the builder's own class. */
  private boolean isDeclaredAsInterface(String name) {
    Method factory = FactoryMethods.of(beans, name);
    return factory != null && factory.getReturnType().isInterface();
  }

  private @Nullable Object build(
      TracingPropagation propagation, Object builder, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object built =
        AopUtils.invokeJoinpointUsingReflection(
            builder, method, arguments == null ? new Object[0] : arguments);
    Object settings = arguments == null ? null : arguments[0];
    if (built instanceof ClientHttpRequestFactory factory) {
      return follows(propagation, settings, factory)
          ? StarterSupport.wrapSilently(factory)
          : RestClientTracingPropagation.wrapAssumingNoRedirects(factory, propagation);
    }
    if (built instanceof ClientHttpConnector connector) {
      return follows(propagation, settings, connector)
          ? StarterSupport.wrapSilently(connector)
          : WebClientTracingPropagation.wrapAssumingNoRedirects(connector, propagation);
    }
    return built;
  }

  private boolean follows(
      TracingPropagation propagation, @Nullable Object settings, Object sender) {
    if (settings != null && dontFollow.test(settings)) {
      if (StarterSupport.follows(sender)) {
        LOGGER.mayReachOtherHost(
            propagation,
            clients,
            "a customizer of " + sender.getClass().getName() + " makes it follow redirects",
            "Let the customizer leave redirects alone.");
        return true;
      }
      return false;
    }
    LOGGER.mayReachOtherHost(
        propagation, clients, "redirects are followed", "Set " + redirects + " to dont-follow.");
    return true;
  }
}
