// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.ForwardingBeans.Treated;
import io.github.tracingpropagation.spring.web.StarterSupport;
import io.github.tracingpropagation.spring.web.WebClientTracingPropagation;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes {@code WebClient} forward, however it is built. Its connector is treated as a request
 * factory is by {@link SpringClients}.
 */
record SpringWebClients(
    ObjectProvider<TracingPropagation> propagations,
    ObjectProvider<ClientHttpConnector> springBoots) {
  private static final String PACKAGE = "org.springframework.web.reactive.function.client.";

  static SpringWebClients of(BeanFactory beans) {
    return new SpringWebClients(
        beans.getBeanProvider(TracingPropagation.class),
        beans.getBeanProvider(ClientHttpConnector.class));
  }

  Treated forwarding(WebClient.Builder builder) {
    if (!builder.getClass().getName().equals(PACKAGE + "DefaultWebClientBuilder")) {
      return Treated.leftAlone(builder, SpringClients.isNotSprings(builder));
    }
    return new Treated(builder, install(builder, null));
  }

  /** Returns another client, unless this one forwards already. */
  Treated forwarding(WebClient client) {
    if (!client.getClass().getName().equals(PACKAGE + "DefaultWebClient")) {
      return Treated.leftAlone(client, SpringClients.isNotSprings(client));
    }
    WebClient.Builder builder = client.mutate();
    boolean installed = StarterSupport.isInstalled(builder, propagations.getObject());
    Object before = StarterSupport.read(builder, "connector");
    Object exchange = StarterSupport.read(client, "exchangeFunction");
    Object built = exchange == null ? null : StarterSupport.read(exchange, "connector");
    String reason = install(builder, (ClientHttpConnector) built);
    return installed && before == StarterSupport.read(builder, "connector")
        ? new Treated(client, reason)
        : new Treated(builder.build(), reason);
  }

  /**
   * Makes the clients of a builder forward.
   *
   * @param built the connector that the builder has created because none was set
   * @return why they do not, or null
   */
  private @Nullable String install(WebClient.Builder builder, @Nullable ClientHttpConnector built) {
    TracingPropagation propagation = propagations.getObject();
    String reason = null;
    if (!propagation.destinations().includesAll()) {
      boolean lacks = SpringClients.lacks(builder, "connector");
      ClientHttpConnector present =
          lacks ? built : (ClientHttpConnector) StarterSupport.read(builder, "connector");
      ClientHttpConnector forwarding = forwarding(present, propagation);
      if (forwarding == null && lacks) {
        forwarding = forwarding(springBoots.getIfUnique(), propagation);
      }
      if (!SpringClients.lacks(builder, "exchangeFunction")) {
        reason = "it has an exchange function of its own";
      } else if (forwarding == null) {
        reason =
            present == null
                ? "its connector is not known"
                : "its connector, " + present.getClass().getName() + ", may follow redirects";
      } else if (lacks || forwarding != present) {
        builder.clientConnector(forwarding);
      }
    }
    WebClientTracingPropagation.install(builder, propagation);
    return reason;
  }

  private static @Nullable ClientHttpConnector forwarding(
      @Nullable ClientHttpConnector connector, TracingPropagation propagation) {
    return connector == null ? null : StarterSupport.forwarding(connector, propagation);
  }
}
