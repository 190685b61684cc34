// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import feign.Capability;
import feign.Client;
import feign.Request;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;

/**
 * Forwards with Feign. Not for use: Feign calls it by reflection, so it must be public. Any number
 * of threads may share it.
 *
 * <p>It wraps the client and is no {@code RequestInterceptor}, because a tracer sets its headers in
 * a wrapper of the client, after all interceptors. The highest precedence makes this wrapper the
 * innermost.
 */
public final class TracingPropagationCapability implements Capability, Ordered {
  private final TracingPropagation propagation;

  TracingPropagationCapability(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /**
   * Wraps the client.
   *
   * @param client sends the request
   * @return a client that forwards and then sends
   */
  @Override
  public Client enrich(Client client) {
    return (request, options) -> client.execute(forward(request), redirects(options));
  }

  private Request forward(Request request) {
    if (CapturedHeaders.current().isEmpty()) {
      return request;
    }
    URI uri;
    try {
      uri = URI.create(request.url());
    } catch (IllegalArgumentException e) {
      return request; // which the client may refuse, or send to whatever host
    }
    Map<String, Collection<String>> headers = new LinkedHashMap<>(request.headers());
    propagation.inject(
        Context.current(),
        uri,
        request.headers().keySet(),
        headers,
        (unused, name, value) -> headers.put(name, List.of(value)));
    return Request.create(
        request.httpMethod(),
        request.url(),
        headers,
        request.body(),
        request.charset(),
        request.requestTemplate());
  }

  /** Feign's client follows beneath this one, so it must not once only some hosts are allowed. */
  private Request.Options redirects(Request.Options options) {
    return propagation.destinations().includesAll()
        ? options
        : new Request.Options(
            options.connectTimeout(),
            options.connectTimeoutUnit(),
            options.readTimeout(),
            options.readTimeoutUnit(),
            false);
  }
}
