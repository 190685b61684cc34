// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import feign.Capability;
import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;

/**
 * Forwards with Feign. Not for use: Feign calls it by reflection, so it must be public. Any number
 * of threads may share it.
 *
 * <p>It wraps the client and is no {@code RequestInterceptor}, because a tracer sets its headers in
 * a wrapper of the client, after all interceptors. The highest precedence makes this wrapper the
 * innermost.
 *
 * <p>Once only some hosts may have the headers, it forwards with those clients alone that connect
 * to the host of a request's URL and follow redirects only if a request's options say so.
 */
public final class TracingPropagationCapability implements Capability, Ordered {
  /**
   * Not {@code feign.http2client.Http2Client}: it ignores the options if its client has {@code
   * Redirect.NORMAL}.
   */
  private static final Set<String> SENDERS =
      Set.of(
          "feign.Client$Default",
          "feign.Client$Proxied",
          "feign.hc5.ApacheHttp5Client",
          "feign.okhttp.OkHttpClient");

  private final FeignForwarding forwarding;
  private final Balancer balancer;

  /** Knows clients that choose the host themselves. */
  interface Balancer {
    /** Returns a client that forwards, or the same one if it is not known. */
    Client forwarding(Client client);
  }

  TracingPropagationCapability(FeignForwarding forwarding, Balancer balancer) {
    this.forwarding = forwarding;
    this.balancer = balancer;
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
    if (client instanceof Forwarding) {
      return client; // of a builder to which this was added twice
    }
    if (forwarding.toAnyHost() || sends(client)) {
      return new Forwarding(client, forwarding);
    }
    Client balanced = balancer.forwarding(client);
    if (balanced == client) {
      forwarding.warn(client);
    }
    return balanced;
  }

  private record Forwarding(Client client, FeignForwarding forwarding) implements Client {
    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
      return client.execute(
          forwarding.forward(request),
          forwarding.toAnyHost() ? options : FeignForwarding.dontFollow(options));
    }
  }

  static boolean sends(Client client) {
    return SENDERS.contains(client.getClass().getName());
  }
}
