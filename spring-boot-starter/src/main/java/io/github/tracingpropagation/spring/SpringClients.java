// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import io.github.tracingpropagation.spring.web.RestClientTracingPropagation;
import io.github.tracingpropagation.spring.web.StarterSupport;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Makes {@code RestTemplate} and {@code RestClient} forward, however they are built.
 *
 * <p>Once {@code forward-to} names hosts, the request factory must forward, below all interceptors.
 * This wraps a factory that certainly follows no redirects, replaces Spring's simple one by a copy
 * that does not follow, and sets Spring Boot's factory if none is set. With any other factory
 * nothing is forwarded.
 */
record SpringClients(
    ObjectProvider<TracingPropagation> propagations, ObjectProvider<SpringBoots> springBoots) {

  /** Builds a request factory as Spring Boot does; null if there is not one way. */
  interface SpringBoots extends Supplier<@Nullable ClientHttpRequestFactory> {}

  static SpringClients of(BeanFactory beans) {
    return new SpringClients(
        beans.getBeanProvider(TracingPropagation.class), beans.getBeanProvider(SpringBoots.class));
  }

  /** Removes the request factory that {@link InnermostForwarding} gives to each client. */
  static void leaveAlone(RestTemplate template) {
    ClientHttpRequestFactory present = requestFactory(template);
    ClientHttpRequestFactory plain = StarterSupport.withoutForwarding(present);
    if (plain != present) {
      template.setRequestFactory(plain);
    }
  }

  /** As {@link #leaveAlone(RestTemplate)}. */
  static void leaveAlone(RestClient.Builder builder) {
    if (StarterSupport.read(builder, "requestFactory")
        instanceof ClientHttpRequestFactory present) {
      builder.requestFactory(StarterSupport.withoutForwarding(present));
    }
  }

  /** Below the interceptors of a template. */
  private static ClientHttpRequestFactory requestFactory(RestTemplate template) {
    ClientHttpRequestFactory factory = template.getRequestFactory();
    return !template.getInterceptors().isEmpty()
            && factory instanceof InterceptingClientHttpRequestFactory ofInterceptors
        ? ofInterceptors.getDelegate()
        : factory;
  }

  Treated forwarding(RestTemplate template) {
    TracingPropagation propagation = propagations.getObject();
    String reason = null;
    if (!propagation.destinations().includesAll()) {
      ClientHttpRequestFactory present = requestFactory(template);
      ClientHttpRequestFactory forwarding = forwarding(present, propagation);
      reason = forwarding == null ? mayFollow(present) : null;
      if (forwarding != null && forwarding != present) {
        template.setRequestFactory(forwarding);
      }
    }
    RestClientTracingPropagation.install(template, propagation);
    return new Treated(template, reason);
  }

  /**
   * Returns a {@code RestTemplateBuilder} with what is known of it.
   *
   * @param factories builds its request factories: a proxy, see {@link InnermostForwarding}, if it
   *     is Spring Boot's
   */
  Treated treated(Object builder, @Nullable Object factories) {
    return propagations.getObject().destinations().includesAll()
            || (factories != null && Proxy.isProxyClass(factories.getClass()))
        ? Treated.forwards(builder)
        : new Treated(
            builder,
            "Spring Boot has not configured it, so its request factory may follow redirects");
  }

  Treated forwarding(RestClient.Builder builder) {
    if (!builder
        .getClass()
        .getName()
        .equals("org.springframework.web.client.DefaultRestClientBuilder")) {
      return Treated.leftAlone(builder, isNotSprings(builder));
    }
    return new Treated(builder, install(builder, null));
  }

  /** Returns another client, unless this one forwards already. */
  Treated forwarding(RestClient client) {
    if (!client.getClass().getName().equals("org.springframework.web.client.DefaultRestClient")) {
      return Treated.leftAlone(client, isNotSprings(client));
    }
    RestClient.Builder builder = client.mutate();
    boolean installed = StarterSupport.isInstalled(builder, propagations.getObject());
    Object before = StarterSupport.read(builder, "requestFactory");
    String reason =
        install(
            builder,
            (ClientHttpRequestFactory) StarterSupport.read(client, "clientRequestFactory"));
    return installed && before == StarterSupport.read(builder, "requestFactory")
        ? new Treated(client, reason)
        : new Treated(builder.build(), reason);
  }

  /**
   * Makes the clients of a builder forward.
   *
   * @param built the factory that the builder has created because none was set
   * @return why they do not, or null
   */
  private @Nullable String install(
      RestClient.Builder builder, @Nullable ClientHttpRequestFactory built) {
    TracingPropagation propagation = propagations.getObject();
    String reason = null;
    if (!propagation.destinations().includesAll()) {
      boolean lacks = lacks(builder, "requestFactory");
      ClientHttpRequestFactory present =
          lacks ? built : (ClientHttpRequestFactory) StarterSupport.read(builder, "requestFactory");
      ClientHttpRequestFactory forwarding = forwarding(present, propagation);
      if (forwarding == null && lacks) {
        forwarding = forwarding(builtBySpringBoot(), propagation);
      }
      reason = forwarding == null ? mayFollow(present) : null;
      if (forwarding != null && (lacks || forwarding != present)) {
        builder.requestFactory(forwarding);
      }
    }
    RestClientTracingPropagation.install(builder, propagation);
    return reason;
  }

  private @Nullable ClientHttpRequestFactory builtBySpringBoot() {
    SpringBoots factories = springBoots.getIfAvailable();
    return factories == null ? null : factories.get();
  }

  private static @Nullable ClientHttpRequestFactory forwarding(
      @Nullable ClientHttpRequestFactory factory, TracingPropagation propagation) {
    return factory == null ? null : StarterSupport.forwarding(factory, propagation);
  }

  private static String mayFollow(@Nullable Object factory) {
    return factory == null
        ? "its request factory is not known"
        : "its request factory, " + factory.getClass().getName() + ", may follow redirects";
  }

  static String isNotSprings(Object bean) {
    return "its class is not Spring's but " + bean.getClass().getName();
  }

  /** Returns whether a part of a client's builder is certainly not set. */
  static boolean lacks(Object builder, String part) {
    try {
      return new DirectFieldAccessor(builder).getPropertyValue(part) == null;
    } catch (BeansException e) {
      return false; // not readable
    }
  }
}
