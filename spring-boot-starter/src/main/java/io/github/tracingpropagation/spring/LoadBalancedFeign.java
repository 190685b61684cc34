// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.openfeign.loadbalancer.FeignBlockingLoadBalancerClient;
import org.springframework.cloud.openfeign.loadbalancer.LoadBalancerFeignRequestTransformer;
import org.springframework.cloud.openfeign.loadbalancer.RetryableFeignBlockingLoadBalancerClient;
import org.springframework.core.Ordered;

/**
 * Forwards with Feign's clients that Spring Cloud balances, once {@code forward-to} names hosts:
 * when it has chosen an instance, for each attempt.
 *
 * <p>Spring Cloud also calls it for clients that may follow redirects. So it forwards only while
 * {@link #execute}, which switches redirects off, runs on the thread.
 */
final class LoadBalancedFeign
    implements TracingPropagationCapability.Balancer, LoadBalancerFeignRequestTransformer, Ordered {
  private final FeignForwarding forwarding;
  private final BeanFactory beans;
  private final ThreadLocal<@Nullable Boolean> executes = new ThreadLocal<>();

  LoadBalancedFeign(FeignForwarding forwarding, BeanFactory beans) {
    this.forwarding = forwarding;
    this.beans = beans;
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  /** No transformer may come after this one that could change the host. */
  @Override
  public Client forwarding(Client client) {
    return TracingPropagationCapability.sends(sender(client)) && isLast()
        ? (request, options) -> execute(client, request, FeignForwarding.dontFollow(options))
        : client;
  }

  private static Client sender(Client client) {
    if (client.getClass() == FeignBlockingLoadBalancerClient.class) {
      return ((FeignBlockingLoadBalancerClient) client).getDelegate();
    }
    if (client.getClass() == RetryableFeignBlockingLoadBalancerClient.class) {
      return ((RetryableFeignBlockingLoadBalancerClient) client).getDelegate();
    }
    return client;
  }

  private boolean isLast() {
    return beans
            .getBeanProvider(LoadBalancerFeignRequestTransformer.class)
            .orderedStream()
            .reduce((first, second) -> second)
            .orElse(null)
        == this;
  }

  private Response execute(Client client, Request request, Request.Options options)
      throws IOException {
    if (executes.get() != null) {
      return client.execute(request, options); // an instance is chosen with a client of Feign's
    }
    executes.set(true);
    try {
      return client.execute(request, options);
    } finally {
      executes.remove();
    }
  }

  @Override
  public Request transformRequest(Request request, ServiceInstance instance) {
    return executes.get() == null ? request : forwarding.forward(request);
  }
}
